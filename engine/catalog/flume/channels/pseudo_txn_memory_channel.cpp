#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "capacity",
     .type = PropertyType::integer,
     .defaultValue = "50",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events that can wait in the channel."},
    {.name = "keep-alive",
     .type = PropertyType::duration,
     .defaultValue = "3",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Longest time that a full channel lets a source wait, and an empty one a sink."},
});
constexpr auto kProperties = join(kChannelCommon, kOwn);

} // namespace

constinit const ComponentSpec kPseudoTxnMemoryChannel{
    .kind = ComponentKind::channel,
    .className = "org.apache.flume.channel.PseudoTxnMemoryChannel",
    .title = "pseudotxn",
    .summary = "Keeps events in memory without real transactions, meant for tests of Flume itself.",
    .artifact = "org.apache.flume:flume-ng-core",
    .status = "for tests of Flume only",
    .properties = kProperties,
    .counters = kChannelCounters,
};

} // namespace millrace::catalog
