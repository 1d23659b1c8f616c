#include "flume/sources/syslog/syslog_headers.h"

#include <functional>

namespace millrace::flume {
namespace {

/// A power of two. Some hundred hosts and priorities of one second.
constexpr std::size_t kKnown = 256;

const char* textOf(SyslogMessage::Status status) {
    return status == SyslogMessage::Status::invalid ? "Invalid" : "Incomplete";
}

std::size_t hashOf(const SyslogMessage& message) {
    const std::hash<std::string_view> text;
    std::size_t hash = text(message.host);
    hash = hash * 31 + static_cast<std::size_t>(message.timestamp.value_or(0));
    hash = hash * 31 + static_cast<std::size_t>(message.facilityAndSeverity.value_or(-1));
    return hash ^ (hash >> 17);
}

} // namespace

bool SyslogHeaders::same(const Known& known, const SyslogMessage& message,
                         const std::shared_ptr<const More>& more) const {
    return known.headers && known.timestamp == message.timestamp && known.host == message.host &&
           known.priority == message.priority && known.version == message.version &&
           known.facilityAndSeverity == message.facilityAndSeverity && known.status == message.status &&
           known.more == more;
}

HeaderSetPtr SyslogHeaders::of(const SyslogMessage& message, const std::shared_ptr<const More>& more) {
    known_.resize(kKnown);
    Known& known = known_[hashOf(message) % kKnown];
    if (same(known, message, more)) return known.headers;
    known.status = message.status;
    known.facilityAndSeverity = message.facilityAndSeverity;
    known.timestamp = message.timestamp;
    known.priority = message.priority;
    known.version = message.version;
    known.host = message.host;
    known.more = more;
    known.headers = make(message, more);
    return known.headers;
}

HeaderSetPtr SyslogHeaders::make(const SyslogMessage& message, const std::shared_ptr<const More>& more) const {
    More headers;
    headers.reserve(7 + (more ? more->size() : 0));
    const auto add = [&](const char* name, std::string_view value) {
        if (!value.empty()) headers.emplace_back(name, value);
    };
    const bool capitals = names_ == Names::capitals;
    if (message.facilityAndSeverity) {
        add("Facility", std::to_string(*message.facilityAndSeverity / 8));
        add("Severity", std::to_string(*message.facilityAndSeverity % 8));
    }
    add(capitals ? "Priority" : "priority", message.priority);
    add(capitals ? "Version" : "version", message.version);
    if (message.timestamp) add("timestamp", std::to_string(*message.timestamp));
    add("host", message.host);
    if (message.status != SyslogMessage::Status::whole) add("flume.syslog.status", textOf(message.status));
    if (more) headers.insert(headers.end(), more->begin(), more->end());
    return std::make_shared<const HeaderSet>(std::move(headers));
}

} // namespace millrace::flume
