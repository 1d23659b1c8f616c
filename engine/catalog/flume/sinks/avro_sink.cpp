#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kClientTypes[] = {"default", "default_failover", "default_loadbalance", "thrift"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hostname", .type = PropertyType::host, .required = true, .help = "Host of the avro source to send to."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "Port of the avro source to send to."},
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel and sent in one request.",
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
    {.name = "reset-connection-interval",
     .type = PropertyType::duration,
     .defaultValue = "0",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Age at which the connection is made anew, so that load balancers can spread it, where 0 keeps it."},
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
    {.name = "maxIoWorkers",
     .type = PropertyType::integer,
     .level = PropertyLevel::expert,
     .help = "Has no effect any more.",
     .deprecated = true,
     .lenient = true},
    {.name = "client.type",
     .type = PropertyType::className,
     .defaultValue = "default",
     .choices = kClientTypes,
     .level = PropertyLevel::expert,
     .help = "Client class of the Flume SDK that sends the events."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn, kTrustAll, kTlsClient);

} // namespace

constinit const ComponentSpec kAvroSink{
    .kind = ComponentKind::sink,
    .alias = "avro",
    .className = "org.apache.flume.sink.AvroSink",
    .title = "avro",
    .summary = "Sends events in batches over Avro RPC to the avro source of another agent.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batch-size",
    .batchDefault = "100",
    .connects = {.hostKey = "hostname", .portKey = "port", .protocol = "avro-ipc"},
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
