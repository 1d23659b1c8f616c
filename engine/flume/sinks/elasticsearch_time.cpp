#include "flume/sinks/elasticsearch_time.h"

#include "java/java_number.h"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <limits>

namespace millrace::flume {

namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kDayMs = 24 * 60 * 60 * kSecondMs;
constexpr EpochMs kYear10000 = 253'402'300'800'000;

std::optional<std::tm> utcCalendar(EpochMs time) {
    if (time >= kYear10000 || time <= -kYear10000) return {};
    const auto millis = (time % kSecondMs + kSecondMs) % kSecondMs;
    const std::time_t seconds = (time - millis) / kSecondMs;
    std::tm parts{};
    if (!::gmtime_r(&seconds, &parts)) return {};
    return parts;
}

} // namespace

std::string utcDay(EpochMs time) {
    const auto parts = utcCalendar(time);
    if (!parts) return {};
    return fmt::format("{:04}-{:02}-{:02}", parts->tm_year + 1900, parts->tm_mon + 1, parts->tm_mday);
}

std::string isoTime(EpochMs time) {
    const auto parts = utcCalendar(time);
    if (!parts) return {};
    const auto millis = (time % kSecondMs + kSecondMs) % kSecondMs;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", utcDay(time), parts->tm_hour, parts->tm_min, parts->tm_sec,
                       millis);
}

std::optional<std::int64_t> lifeTime(std::string_view text) {
    constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"", kDayMs},  {"ms", 1},        {"s", kSecondMs}, {"m", 60 * kSecondMs}, {"h", 3600 * kSecondMs},
        {"d", kDayMs}, {"w", 7 * kDayMs}};
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = java::parseJavaLong(text.substr(0, digits));
    const auto unit = std::ranges::find(kUnits, text.substr(digits), &std::pair<std::string_view, std::int64_t>::first);
    if (!number || unit == std::end(kUnits) || *number > std::numeric_limits<std::int64_t>::max() / unit->second)
        return {};
    return *number * unit->second;
}

} // namespace millrace::flume
