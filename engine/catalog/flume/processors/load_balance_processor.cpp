#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kSelectors[] = {"round_robin", "random"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "selector",
     .type = PropertyType::className,
     .defaultValue = "round_robin",
     .choices = kSelectors,
     .apply = ApplyClass::live,
     .help = "How the next sink is chosen.",
     .strict = true},
    {.name = "backoff",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .apply = ApplyClass::live,
     .help = "Leaves a failed sink alone for a while, longer each time."},
    {.name = "selector.maxTimeOut",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest time that a failed sink is left alone."},
    {.name = "selector.*",
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Settings of an own selector class."},
});
constexpr auto kProperties = join(kProcessorCommon, kOwn);

} // namespace

constinit const ComponentSpec kLoadBalanceProcessor{
    .kind = ComponentKind::sinkProcessor,
    .alias = "load_balance",
    .className = "org.apache.flume.sink.LoadBalancingSinkProcessor",
    .title = "load_balance",
    .summary = "Spreads the work over all sinks of the group.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
