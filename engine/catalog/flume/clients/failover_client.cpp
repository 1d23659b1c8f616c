#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "max-attempts",
     .type = PropertyType::integer,
     .range = {.minimum = 1},
     .help = "Attempts for one batch, by default one for each server."},
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one request.",
     .lenient = true},
});
constexpr auto kProperties = join(kClientHosts, kOwn);

} // namespace

constinit const ComponentSpec kFailoverClient{
    .kind = ComponentKind::rpcClient,
    .alias = "default_failover",
    .className = "org.apache.flume.api.FailoverRpcClient",
    .title = "default_failover",
    .summary = "Sends events to the first of several avro sources that answers.",
    .artifact = "org.apache.flume:flume-ng-sdk",
    .properties = kProperties,
};

} // namespace millrace::catalog
