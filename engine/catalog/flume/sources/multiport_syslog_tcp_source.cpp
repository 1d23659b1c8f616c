#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/syslog_properties.h"
#include "catalog/flume/tls_properties.h"
#include "java/java_number.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "ports",
     .type = PropertyType::list,
     .required = true,
     .help = "TCP ports to listen on, separated by blanks."},
    {.name = "host",
     .type = PropertyType::host,
     .help = "Address to listen on, by default all addresses of this computer."},
    {.name = "eventSize",
     .type = PropertyType::integer,
     .defaultValue = "2500",
     .unit = "bytes",
     .range = {.minimum = 1},
     .help = "Longest line, above which it is cut into several events."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events of one read that are put into the channels in one transaction."},
    {.name = "readBufferBytes",
     .type = PropertyType::integer,
     .defaultValue = "1024",
     .unit = "bytes",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Size of the buffer that a connection starts with."},
    {.name = "numProcessors",
     .type = PropertyType::integer,
     .range = {.minimum = 1},
     .level = PropertyLevel::expert,
     .help = "Threads that read from connections, by default one more than there are processors."},
    {.name = "portHeader",
     .level = PropertyLevel::advanced,
     .help = "Name of the header for the port on which a message came in."},
    {.name = "charset.default",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set of messages on ports that have none of their own.",
     .strict = true},
    {.name = "charset.port.<port>",
     .type = PropertyType::charset,
     .level = PropertyLevel::advanced,
     .help = "Character set of messages on this port.",
     .strict = true},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kSyslogFields, kTlsServer);
constexpr std::string_view kHeadersOut[] = {"Facility",  "Severity", "Priority",           "Version",
                                            "timestamp", "host",     "flume.syslog.status"};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkTlsServer(reader, findings);
    for (const std::string& port : splitList(reader.textOr("ports", ""))) {
        const auto number = java::parseJavaInt(port);
        if (!number) {
            refuse(findings, "ports", "not-a-number", {"ports", port});
        } else if (*number < 0 || *number > 65535) {
            warn(findings, "ports", "not-a-port", {"ports", port});
        }
    }
    for (const std::string& key : reader.keysBelow("charset.port.")) {
        const std::string port = key.substr(std::string_view("charset.port.").size());
        if (!java::parseJavaInt(port)) refuse(findings, key, "not-a-number", {key, port});
    }
}

} // namespace

constinit const ComponentSpec kMultiportSyslogTcpSource{
    .kind = ComponentKind::source,
    .alias = "multiport_syslogtcp",
    .className = "org.apache.flume.source.MultiportSyslogTCPSource",
    .title = "multiport_syslogtcp",
    .summary = "Receives syslog messages over several TCP ports in batches.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .listens = {.hostKey = "host", .portKey = "ports", .protocol = "syslog-tcp"},
    .counters = kSourceCounters,
    .headersOut = kHeadersOut,
    .check = check,
};

} // namespace millrace::catalog
