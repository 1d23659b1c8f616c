#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "java/java_number.h"

#include <algorithm>

namespace millrace::catalog {
namespace {

constexpr std::string_view kEndpoints[] = {"http://localhost:8080/events"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "endpoint", .required = true, .choices = kEndpoints, .help = "Address to send requests to."},
    {.name = "connectTimeout",
     .type = PropertyType::duration,
     .defaultValue = "5000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Longest time to establish a connection.",
     .strict = true},
    {.name = "requestTimeout",
     .type = PropertyType::duration,
     .defaultValue = "5000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Longest time to wait for the answer.",
     .strict = true},
    {.name = "contentTypeHeader",
     .defaultValue = "text/plain",
     .level = PropertyLevel::advanced,
     .help = "Content type of the requests."},
    {.name = "acceptHeader",
     .defaultValue = "text/plain",
     .level = PropertyLevel::advanced,
     .help = "Content type that is accepted in answers."},
    {.name = "defaultBackoff",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Pauses after an answer whose status has no rule of its own."},
    {.name = "defaultRollback",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Sends the event again after an answer whose status has no rule of its own."},
    {.name = "defaultIncrementMetrics",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Counts the event as delivered after an answer whose status has no rule of its own."},
    {.name = "backoff.<code>",
     .type = PropertyType::boolean,
     .help = "Pauses after an answer with this status, such as 503 or 5XX."},
    {.name = "rollback.<code>",
     .type = PropertyType::boolean,
     .help = "Sends the event again after an answer with this status, so that 2XX should be false."},
    {.name = "incrementMetrics.<code>",
     .type = PropertyType::boolean,
     .level = PropertyLevel::advanced,
     .help = "Counts the event as delivered after an answer with this status."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

/// "host", "host:port" or "[address]:port", without who logs in, as java.net.URL reads it: the port may be left out, or
/// be any number.
bool isAuthority(std::string_view text) {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
        if (!text.empty() && text.front() != ':') return false;
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size()) return true;
    const auto port = java::parseJavaInt(text.substr(colon + 1));
    return port && *port >= -1;
}

/// What java.net.URL can read: an address of another protocol fails only when it is used.
bool isUrl(std::string_view text) {
    constexpr std::string_view kProtocols[] = {"http", "https", "ftp", "file", "jar", "mailto"};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    const auto protocol = text.substr(0, colon);
    const auto isIt = [&](std::string_view known) { return equalsIgnoringCase(known, protocol); };
    if (std::ranges::none_of(kProtocols, isIt)) return false;
    const auto rest = text.substr(colon + 1);
    return !rest.starts_with("//") || isAuthority(rest.substr(2, rest.find_first_of("/?#", 2) - 2));
}

/// Java sends to more than HTTP, and takes a user in front of the host.
bool isReachedHere(std::string_view text) {
    const auto colon = text.find(':');
    const auto protocol = text.substr(0, colon);
    const auto host = text.substr(colon, text.find_first_of("/?#", colon + 3) - colon);
    return (equalsIgnoringCase(protocol, "http") || equalsIgnoringCase(protocol, "https")) &&
           text.substr(colon).starts_with("://") && host.find('@') == std::string_view::npos;
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    const auto endpoint = reader.text("endpoint");
    if (endpoint && !isUrl(*endpoint)) {
        refuse(findings, "endpoint", "http-sink-url-malformed", {"endpoint", *endpoint});
    } else if (endpoint && !isReachedHere(*endpoint)) {
        warn(findings, "endpoint", "http-sink-flume-only", {"endpoint", *endpoint});
    }
    // The rule for a status is looked up as the exact code, as its class, then as the default, which is to roll back.
    const bool resends = reader.isTrue("rollback.2XX", reader.isTrue("defaultRollback", true));
    if (resends && reader.isTrue("rollback.200", true)) {
        warn(findings, "rollback.2XX", "http-sink-resends", {"rollback.2XX"}, "false");
    }
}

} // namespace

constinit const ComponentSpec kHttpSink{
    .kind = ComponentKind::sink,
    .alias = "http",
    .className = "org.apache.flume.sink.http.HttpSink",
    .title = "http",
    .summary = "Sends the body of each event as an HTTP POST request.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-http-sink",
    .properties = kProperties,
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
