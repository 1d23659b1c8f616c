#include "flume/sources/syslog/syslog_body.h"

#include "java/java_number.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// What stands for a field that is not there.
std::string_view orDash(std::string_view field) {
    return field.empty() ? std::string_view("-") : field;
}

void addWord(std::string& text, std::string_view word) {
    text += word;
    text += ' ';
}

} // namespace

KeptFields KeptFields::of(std::string_view text) {
    std::string lower(java::javaTrim(text));
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto names = [&](std::string_view name) { return lower.find(name) != std::string::npos; };
    KeptFields kept;
    if (lower == "none" || lower == "false") return kept;
    kept.all = lower == "all" || lower == "true";
    kept.priority = names("priority");
    kept.version = names("version");
    kept.timestamp = names("timestamp");
    kept.host = names("hostname");
    return kept;
}

std::string_view syslogBody(const KeptFields& kept, const SyslogFields& fields, std::string_view line,
                            std::string& room) {
    if (kept.all || (fields.text.empty() && !kept.some())) return line;
    if (!kept.some()) return fields.text;
    room.clear();
    if (kept.priority) {
        room += '<';
        room += fields.priority;
        room += '>';
    }
    if (kept.version && !fields.version.empty()) addWord(room, fields.version);
    if (kept.timestamp) addWord(room, orDash(fields.timestamp));
    if (kept.host) addWord(room, orDash(fields.host));
    room += fields.text;
    return room;
}

} // namespace millrace::flume
