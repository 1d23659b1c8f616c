#include "catalog/check_support.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kCompressionCodecs[] = {"null", "deflate", "snappy", "bzip2", "xz", "zstandard"};
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
};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const auto codec = PropertyReader(properties).text("compressionCodec");
    if (codec == "xz")
        warn(findings, "compressionCodec", "avro-codec-flume-only", {"compressionCodec", *codec}, "bzip2");
}

} // namespace

constinit const ComponentSpec kFlumeEventAvroSerializer{
    .kind = ComponentKind::eventSerializer,
    .alias = "AVRO_EVENT",
    .className = "org.apache.flume.serialization.FlumeEventAvroEventSerializer$Builder",
    .title = "AVRO_EVENT",
    .summary = "Writes an Avro file whose records hold headers and body.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
