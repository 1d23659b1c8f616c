#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hostname", .type = PropertyType::host, .required = true, .help = "Host of the thrift source to send to."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "Port of the thrift source to send to."},
    {.name = "batch-size",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel and sent in one request.",
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
     .help = "Age at which the connection is made anew, where 0 keeps it."},
    {.name = "connect-timeout",
     .type = PropertyType::duration,
     .defaultValue = "20000",
     .unit = "ms",
     .range = {.minimum = 1000},
     .level = PropertyLevel::expert,
     .help = "Longest time to establish a connection, which Apache Flume never reads for this sink.",
     .lenient = true},
    {.name = "protocol",
     .type = PropertyType::choice,
     .defaultValue = "compact",
     .choices = kThriftProtocols,
     .level = PropertyLevel::advanced,
     .help = "Thrift encoding, which must be the same at the receiving source."},
    {.name = "kerberos",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Authenticates by Kerberos."},
    {.name = "client-principal", .level = PropertyLevel::expert, .help = "Kerberos principal of this agent."},
    {.name = "client-keytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
    {.name = "server-principal", .level = PropertyLevel::expert, .help = "Kerberos principal of the receiving agent."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn, kTlsClient);

void check(const Properties& properties, std::vector<Finding>& findings) {
    checkThriftKerberos(PropertyReader(properties), findings);
}

} // namespace

constinit const ComponentSpec kThriftSink{
    .kind = ComponentKind::sink,
    .alias = "thrift",
    .className = "org.apache.flume.sink.ThriftSink",
    .title = "thrift",
    .summary = "Sends events in batches over Thrift RPC to the thrift source of another agent.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batch-size",
    .batchDefault = "100",
    .connects = {.hostKey = "hostname", .portKey = "port", .protocol = "thrift-framed"},
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
