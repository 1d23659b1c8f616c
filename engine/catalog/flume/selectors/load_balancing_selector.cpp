#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kPolicys[] = {"round_robin", "random"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "policy",
     .type = PropertyType::choice,
     .defaultValue = "round_robin",
     .choices = kPolicys,
     .apply = ApplyClass::live,
     .help = "How the next channel is chosen.",
     .strict = true},
});
constexpr auto kProperties = join(kSelectorCommon, kOwn);

} // namespace

constinit const ComponentSpec kLoadBalancingSelector{
    .kind = ComponentKind::channelSelector,
    .alias = "load_balancing",
    .className = "org.apache.flume.channel.LoadBalancingChannelSelector",
    .title = "load_balancing",
    .summary = "Sends each event to one of the channels in turn.",
    .artifact = "org.apache.flume:flume-ng-core",
    .loadable = false,
    .status = "no configuration file can enable it in Flume 1.10 and 1.11",
    .properties = kProperties,
};

} // namespace millrace::catalog
