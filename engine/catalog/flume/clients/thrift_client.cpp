#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one request.",
     .lenient = true},
    {.name = "request-timeout",
     .type = PropertyType::duration,
     .defaultValue = "20000",
     .unit = "ms",
     .range = {.minimum = 1000},
     .level = PropertyLevel::advanced,
     .help = "Longest time to wait for the answer to a request.",
     .lenient = true},
    {.name = "maxConnections",
     .type = PropertyType::integer,
     .defaultValue = "5",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Most connections at a time."},
    {.name = "protocol",
     .type = PropertyType::choice,
     .defaultValue = "compact",
     .choices = kThriftProtocols,
     .level = PropertyLevel::advanced,
     .help = "Thrift encoding, which must be the same at the receiving source."},
});
constexpr auto kProperties = join(kClientHosts, kOwn);

} // namespace

constinit const ComponentSpec kThriftClient{
    .kind = ComponentKind::rpcClient,
    .alias = "thrift",
    .className = "org.apache.flume.api.ThriftRpcClient",
    .title = "thrift",
    .summary = "Sends events to one thrift source.",
    .artifact = "org.apache.flume:flume-ng-sdk",
    .properties = kProperties,
};

} // namespace millrace::catalog
