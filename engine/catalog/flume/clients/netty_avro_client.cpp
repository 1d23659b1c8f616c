#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one request.",
     .lenient = true},
    {.name = "connect-timeout",
     .type = PropertyType::duration,
     .defaultValue = "20000",
     .unit = "ms",
     .range = {.minimum = 1000},
     .level = PropertyLevel::advanced,
     .help = "Longest time to establish a connection.",
     .lenient = true},
    {.name = "request-timeout",
     .type = PropertyType::duration,
     .defaultValue = "20000",
     .unit = "ms",
     .range = {.minimum = 1000},
     .level = PropertyLevel::advanced,
     .help = "Longest time to wait for the answer to a request.",
     .lenient = true},
    {.name = "compression-type",
     .type = PropertyType::choice,
     .defaultValue = "none",
     .choices = kCompressions,
     .level = PropertyLevel::advanced,
     .help = "Compression of the stream, which must be the same at the receiving source."},
    {.name = "compression-level",
     .type = PropertyType::integer,
     .defaultValue = "6",
     .range = {.minimum = 0, .maximum = 9},
     .level = PropertyLevel::expert,
     .help = "Effort of the compression, from 0 for none to 9 for the most.",
     .lenient = true},
});
constexpr auto kProperties = join(kClientHosts, kOwn, kTrustAll, kTlsClient);

} // namespace

constinit const ComponentSpec kNettyAvroClient{
    .kind = ComponentKind::rpcClient,
    .alias = "default",
    .className = "org.apache.flume.api.NettyAvroRpcClient",
    .title = "default",
    .summary = "Sends events to one avro source.",
    .artifact = "org.apache.flume:flume-ng-sdk",
    .properties = kProperties,
};

} // namespace millrace::catalog
