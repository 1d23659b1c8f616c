#include "flume/sinks/escapes.h"

#include <fmt/core.h>

#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <ctime>
#include <limits.h>
#include <netdb.h>
#include <strings.h>
#include <unistd.h>

namespace millrace::flume {
namespace {

constexpr std::string_view kTimestampHeader = "timestamp";
constexpr std::string_view kTimeLetters = "aAbBcdeDHIjklmMnpsSyYz%";

std::string hostName() {
    std::array<char, HOST_NAME_MAX + 1> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

/// The canonical name or the first address of this computer; its plain name when it cannot be looked up.
std::string ownAddress(bool canonical) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_flags = AI_CANONNAME;
    addrinfo* found = nullptr;
    const std::string name = hostName();
    if (::getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0 || !found) return name;
    std::string result = name;
    std::array<char, INET_ADDRSTRLEN> text{};
    if (canonical && found->ai_canonname)
        result = found->ai_canonname;
    else if (!canonical && ::getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0,
                                         NI_NUMERICHOST) == 0)
        result = text.data();
    ::freeaddrinfo(found);
    return result;
}

Result<std::string> ownName(std::string_view which) {
    static const std::string localhost = hostName(), address = ownAddress(false), canonical = ownAddress(true);
    const std::string name(which);
    if (::strcasecmp(name.c_str(), "localhost") == 0) return localhost;
    if (::strcasecmp(name.c_str(), "ip") == 0) return address;
    if (::strcasecmp(name.c_str(), "fqdn") == 0) return canonical;
    return Error{ErrorCode::invalidArgument,
                 fmt::format("%[{}] is unknown; it can be %[localhost], %[IP] or %[FQDN]", which), false};
}

Result<std::int64_t> timestampOf(const HeaderSet& headers, const EscapeTime& time) {
    if (time.now) return *time.now;
    const std::string* text = headers.find(kTimestampHeader);
    std::int64_t value = 0;
    if (!text)
        return Error{ErrorCode::invalidArgument,
                     "an event has no header timestamp, which the time escapes need; add a "
                     "timestamp interceptor",
                     false};
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (problem != std::errc() || end != text->data() + text->size())
        return Error{ErrorCode::invalidArgument, fmt::format("the header timestamp is \"{}\", no number", *text),
                     false};
    return value;
}

/// Rounded down (org.apache.flume.tools.TimestampRoundDownUtil).
std::int64_t rounded(std::int64_t epochMs, const EscapeTime& time) {
    if (time.roundTo <= 0) return epochMs;
    const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(epochMs)).count();
    const std::tm local = time.zone->at(seconds);
    std::int64_t down = seconds;
    switch (time.unit) {
    case EscapeTime::Unit::second:
        down -= local.tm_sec % time.roundTo;
        break;
    case EscapeTime::Unit::minute:
        down -= local.tm_sec + local.tm_min % time.roundTo * 60;
        break;
    case EscapeTime::Unit::hour:
        down -= local.tm_sec + local.tm_min * 60 + local.tm_hour % time.roundTo * 3600;
        // Summer time may begin or end in between.
        down += local.tm_gmtoff - time.zone->at(down).tm_gmtoff;
        break;
    }
    return down * 1000;
}

std::string formatTime(char letter, std::int64_t epochMs, const java::TimeZone& zone) {
    const std::time_t seconds = epochMs / 1000;
    const std::tm local = zone.at(seconds);
    const auto with = [&](const char* format) {
        std::array<char, 64> text{};
        return std::string(text.data(), std::strftime(text.data(), text.size(), format, &local));
    };
    switch (letter) {
    case 'c':
        return with("%a %b %e %H:%M:%S %Y");
    case 'D':
        return with("%m/%d/%y");
    case 'e':
        return fmt::format("{}", local.tm_mday);
    case 'k':
        return fmt::format("{}", local.tm_hour);
    case 'l':
        return fmt::format("{}", local.tm_hour % 12 == 0 ? 12 : local.tm_hour % 12);
    case 'n':
        return fmt::format("{}", local.tm_mon + 1);
    case 's':
        return fmt::format("{}", seconds);
    case '%':
        return "%";
    default: {
        const std::array<char, 3> format{'%', letter, '\0'};
        return with(format.data());
    }
    }
}

/// The end of a header name that begins at `from` and is closed by '}', or npos.
std::size_t headerNameEnd(std::string_view text, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_' ||
                                text[at] == '.' || text[at] == '-'))
        ++at;
    return at > from && at < text.size() && text[at] == '}' ? at : std::string_view::npos;
}

} // namespace

bool hasEscapes(std::string_view text) {
    return text.find('%') != std::string_view::npos;
}

Result<std::string> expandEscapes(std::string_view text, const HeaderSet& headers, const EscapeTime& time) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char letter = text[i + 1];
        if (letter == '{') {
            const auto end = headerNameEnd(text, i + 2);
            if (end == std::string_view::npos) {
                out += text[i];
                continue;
            }
            if (const auto* value = headers.find(text.substr(i + 2, end - i - 2))) out += *value;
            i = end;
        } else if (letter == '[') {
            const auto end = text.find(']', i);
            if (end == std::string_view::npos) {
                out += text[i];
                continue;
            }
            const auto name = ownName(text.substr(i + 2, end - i - 2));
            if (!name) return name.error();
            out += *name;
            i = end;
        } else if (letter == 't') {
            if (const auto* value = headers.find(kTimestampHeader)) out += *value;
            ++i;
        } else {
            // As in Flume any other letter looks the time up and an unknown one then stands for nothing.
            if (!std::isalpha(static_cast<unsigned char>(letter)) && letter != '%') {
                out += text[i];
                continue;
            }
            const auto when = timestampOf(headers, time);
            if (!when) return when.error();
            if (kTimeLetters.find(letter) != std::string_view::npos)
                out += formatTime(letter, rounded(*when, time), *time.zone);
            ++i;
        }
    }
    return out;
}

} // namespace millrace::flume
