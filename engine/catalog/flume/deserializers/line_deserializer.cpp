#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "maxLineLength",
     .type = PropertyType::integer,
     .defaultValue = "2048",
     .range = {.minimum = 1},
     .help = "Longest line, above which the rest becomes further events."},
    {.name = "outputCharset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set in which bodies are written."},
};

} // namespace

constinit const ComponentSpec kLineDeserializer{
    .kind = ComponentKind::deserializer,
    .alias = "LINE",
    .className = "org.apache.flume.serialization.LineDeserializer$Builder",
    .title = "LINE",
    .summary = "Makes an event of each line of a file.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
