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
     .level = PropertyLevel::expert,
     .help = "Read but without effect since Flume 1.10.",
     .lenient = true},
    {.name = "compression-type",
     .type = PropertyType::choice,
     .defaultValue = "none",
     .choices = kCompressions,
     .level = PropertyLevel::advanced,
     .help = "Compression of the stream, which must be the same at the sending end."},
    {.name = "ipFilter",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Turns on the filter rules for client addresses."},
    {.name = "ipFilterRules",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Rules such as allow:ip:127.* or deny:name:*, separated by commas, of which the first match decides.",
     .separator = ','},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kTlsServer);

/// allow|deny:ip|name:pattern (org.apache.flume.source.AvroSource.generateRule).
bool isFilterRule(std::string_view rule) {
    const auto action = rule.find(':');
    if (action == std::string_view::npos) return false;
    const auto subject = rule.find(':', action + 1);
    if (subject == std::string_view::npos || subject + 1 == rule.size()) return false;
    const auto what = rule.substr(0, action), kind = rule.substr(action + 1, subject - action - 1);
    return (equalsIgnoringCase(what, "allow") || equalsIgnoringCase(what, "deny")) &&
           (equalsIgnoringCase(kind, "ip") || equalsIgnoringCase(kind, "name"));
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkTlsServer(reader, findings);
    if (!reader.isTrue("ipFilter")) return;
    if (!reader.has("ipFilterRules")) {
        return refuse(findings, "ipFilterRules", "avro-filter-rules-missing", {"ipFilterRules"});
    }
    for (const std::string& rule : splitList(reader.textOr("ipFilterRules", ""), ',')) {
        if (!isFilterRule(rule))
            refuse(findings, "ipFilterRules", "avro-filter-rule-malformed", {"ipFilterRules", rule});
    }
}

} // namespace

constinit const ComponentSpec kAvroSource{
    .kind = ComponentKind::source,
    .alias = "avro",
    .className = "org.apache.flume.source.AvroSource",
    .title = "avro",
    .summary = "Receives events over Avro RPC from avro sinks of other agents and from client libraries.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .listens = {.hostKey = "bind", .portKey = "port", .protocol = "avro-ipc"},
    .counters = kSourceCounters,
    .check = check,
};

} // namespace millrace::catalog
