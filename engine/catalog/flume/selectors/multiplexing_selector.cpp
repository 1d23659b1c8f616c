#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "header",
     .defaultValue = "flume.selector.header",
     .apply = ApplyClass::live,
     .help = "Name of the header that decides."},
    {.name = "default",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help = "Channels for events whose header is missing or has another value, without which those events vanish."},
    {.name = "mapping.<value>",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help = "Channels for events whose header has this value, separated by single blanks."},
    {.name = "optional.<value>",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help = "Channels for this value whose failures are ignored, separated by single blanks."},
});
constexpr auto kProperties = join(kSelectorCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    if (PropertyReader(properties).has("default")) return;
    warn(findings, "default", "multiplexing-no-default", {"default"});
}

} // namespace

constinit const ComponentSpec kMultiplexingSelector{
    .kind = ComponentKind::channelSelector,
    .alias = "multiplexing",
    .className = "org.apache.flume.channel.MultiplexingChannelSelector",
    .title = "multiplexing",
    .summary = "Sends each event to the channels that belong to the value of a header.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
