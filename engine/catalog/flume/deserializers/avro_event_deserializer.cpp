#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kSchemaTypes[] = {"HASH", "LITERAL"};
constexpr PropertySpec kProperties[] = {
    {.name = "schemaType",
     .type = PropertyType::choice,
     .defaultValue = "HASH",
     .choices = kSchemaTypes,
     .help = "Which header carries the schema, as a hash or in full."},
};
constexpr std::string_view kHeadersOut[] = {"flume.avro.schema.hash", "flume.avro.schema.literal"};

} // namespace

constinit const ComponentSpec kAvroEventDeserializer{
    .kind = ComponentKind::deserializer,
    .alias = "AVRO",
    .className = "org.apache.flume.serialization.AvroEventDeserializer$Builder",
    .title = "AVRO",
    .summary = "Makes an event of each record of an Avro file.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
