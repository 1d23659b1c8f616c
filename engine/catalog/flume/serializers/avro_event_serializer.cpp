#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kCompressionCodecs[] = {"null", "deflate", "snappy", "bzip2", "xz"};
constexpr PropertySpec kProperties[] = {
    {.name = "syncIntervalBytes",
     .type = PropertyType::integer,
     .defaultValue = "2048000",
     .unit = "bytes",
     .range = {.minimum = 32},
     .level = PropertyLevel::advanced,
     .help = "Size at which a block of the Avro file is ended."},
    {.name = "compressionCodec",
     .type = PropertyType::choice,
     .defaultValue = "null",
     .choices = kCompressionCodecs,
     .help = "Compression of the blocks of the Avro file."},
    {.name = "schemaURL", .help = "Address of the schema for events that name none in a header."},
};

} // namespace

constinit const ComponentSpec kAvroEventSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hdfs.AvroEventSerializer$Builder",
    .title = "AvroEventSerializer",
    .summary = "Writes an Avro file whose records are the bodies, which must be Avro data already.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hdfs-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
