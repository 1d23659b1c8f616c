#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "operation",
     .type = PropertyType::choice,
     .defaultValue = "upsert",
     .choices = kKuduOperations,
     .help = "Replaces rows whose key exists already, or refuses them.",
     .strict = true},
    {.name = "schemaPath", .help = "Address of the schema for events that name none in a header."},
};

} // namespace

constinit const ComponentSpec kAvroKuduSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.kudu.AvroKuduOperationsProducer",
    .title = "AvroKudu",
    .summary = "Writes the fields of an Avro body to columns of the same names.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kudu-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
