#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/syslog_properties.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "host",
     .type = PropertyType::host,
     .help = "Address to listen on, without which the source starts but never binds."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "TCP port to listen on."},
    {.name = "eventSize",
     .type = PropertyType::integer,
     .defaultValue = "2500",
     .unit = "bytes",
     .range = {.minimum = 1},
     .help = "Longest message, above which it is cut into several events."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kSyslogFields, kSyslogFormat, kTlsServer);
constexpr std::string_view kHeadersOut[] = {"Facility",  "Severity", "priority",           "version",
                                            "timestamp", "host",     "flume.syslog.status"};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkTlsServer(reader, findings);
    if (!reader.has("host")) warn(findings, "host", "syslogtcp-host-missing", {"host"}, "127.0.0.1");
}

} // namespace

constinit const ComponentSpec kSyslogTcpSource{
    .kind = ComponentKind::source,
    .alias = "syslogtcp",
    .className = "org.apache.flume.source.SyslogTcpSource",
    .title = "syslogtcp",
    .summary = "Receives syslog messages over TCP, one per line.",
    .artifact = "org.apache.flume:flume-ng-core",
    .status = "superseded by multiport_syslogtcp",
    .properties = kProperties,
    .listens = {.hostKey = "host", .portKey = "port", .protocol = "syslog-tcp"},
    .counters = kSourceCounters,
    .headersOut = kHeadersOut,
    .check = check,
};

} // namespace millrace::catalog
