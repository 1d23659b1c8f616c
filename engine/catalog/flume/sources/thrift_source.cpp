#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "bind",
     .type = PropertyType::host,
     .required = true,
     .help = "Address to listen on, where 127.0.0.1 keeps the port closed to other machines."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "TCP port to listen on."},
    {.name = "threads",
     .type = PropertyType::integer,
     .defaultValue = "0",
     .level = PropertyLevel::advanced,
     .help = "Most worker threads at a time, where 0 sets no bound.",
     .lenient = true},
    {.name = "protocol",
     .type = PropertyType::choice,
     .defaultValue = "compact",
     .choices = kThriftProtocols,
     .level = PropertyLevel::advanced,
     .help = "Thrift encoding, which must be the same at the sending end.",
     .strict = true},
    {.name = "kerberos",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Authenticates clients by Kerberos instead of accepting framed connections."},
    {.name = "agent-principal", .level = PropertyLevel::expert, .help = "Kerberos principal of this agent."},
    {.name = "agent-keytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kTlsServer);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkTlsServer(reader, findings);
    checkThriftKerberos(reader, findings);
}

} // namespace

constinit const ComponentSpec kThriftSource{
    .kind = ComponentKind::source,
    .alias = "thrift",
    .className = "org.apache.flume.source.ThriftSource",
    .title = "thrift",
    .summary = "Receives events over Thrift RPC from thrift sinks and client libraries.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .listens = {.hostKey = "bind", .portKey = "port", .protocol = "thrift-framed"},
    .counters = kSourceCounters,
    .check = check,
};

} // namespace millrace::catalog
