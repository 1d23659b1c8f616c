#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kHostSelectors[] = {"ROUND_ROBIN", "RANDOM"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "host-selector",
     .type = PropertyType::className,
     .defaultValue = "ROUND_ROBIN",
     .choices = kHostSelectors,
     .help = "How the next server is chosen."},
    {.name = "backoff",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Leaves a failed server alone for a while, longer each time."},
    {.name = "maxBackoff",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Longest time that a failed server is left alone."},
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one request.",
     .lenient = true},
});
constexpr auto kProperties = join(kClientHosts, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const auto hosts = PropertyReader(properties).text("hosts");
    if (hosts && splitList(*hosts).size() < 2) refuse(findings, "hosts", "load-balance-few-hosts", {"hosts"});
}

} // namespace

constinit const ComponentSpec kLoadBalancingClient{
    .kind = ComponentKind::rpcClient,
    .alias = "default_loadbalance",
    .className = "org.apache.flume.api.LoadBalancingRpcClient",
    .title = "default_loadbalance",
    .summary = "Spreads events over several avro sources.",
    .artifact = "org.apache.flume:flume-ng-sdk",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
