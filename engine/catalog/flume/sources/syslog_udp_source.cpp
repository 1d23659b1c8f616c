#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/syslog_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "host",
     .type = PropertyType::host,
     .help = "Address to listen on, by default all addresses of this computer."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "UDP port to listen on."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kSyslogFields, kSyslogFormat);
constexpr std::string_view kHeadersOut[] = {"Facility",  "Severity", "priority",           "version",
                                            "timestamp", "host",     "flume.syslog.status"};

} // namespace

constinit const ComponentSpec kSyslogUdpSource{
    .kind = ComponentKind::source,
    .alias = "syslogudp",
    .className = "org.apache.flume.source.SyslogUDPSource",
    .title = "syslogudp",
    .summary = "Receives syslog messages over UDP, one per datagram.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .listens = {.hostKey = "host", .portKey = "port", .protocol = "syslog-udp"},
    .counters = kSourceCounters,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
