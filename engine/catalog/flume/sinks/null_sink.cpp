#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction.",
     .strict = true},
    {.name = "logEveryNEvents",
     .type = PropertyType::integer,
     .defaultValue = "10000",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Writes a line to the log each time this many events have passed.",
     .strict = true},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

} // namespace

constinit const ComponentSpec kNullSink{
    .kind = ComponentKind::sink,
    .alias = "null",
    .className = "org.apache.flume.sink.NullSink",
    .title = "null",
    .summary = "Takes events and forgets them.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
};

} // namespace millrace::catalog
