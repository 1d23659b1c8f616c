#include "flume/sources/syslog/syslog_time.h"

#include "flume/sources/syslog/syslog_characters.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace millrace::flume {
namespace {

using syslog::isBlank;
using syslog::isDigit;

/// "2003-10-11T22:14:15"
constexpr std::size_t kSecondLength = 19;
/// After so long the year of a time without one is looked for again.
constexpr std::int64_t kYearHoldsMs = 60'000;

int twoDigits(const char* at) {
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/// `form`: 9 stands for a digit, everything else for itself.
bool hasForm(std::string_view text, std::string_view form) {
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == '9' ? !isDigit(text[i]) : text[i] != form[i]) return false;
    return true;
}

std::int64_t secondsOf(std::tm time, bool utc) {
    time.tm_isdst = -1;
    return utc ? ::timegm(&time) : ::mktime(&time);
}

std::optional<int> monthNamed(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::ranges::find(kMonths, name);
    if (found == kMonths.end()) return {};
    return static_cast<int>(found - kMonths.begin());
}

/// The same day and time of day so many months on; the last of the month where it has no such day.
std::tm monthsLater(std::tm time, int months) {
    std::tm last = time;
    last.tm_mon += months + 1;
    last.tm_mday = 0; // of the month before, which is the last there
    (void)::timegm(&last);
    time.tm_mon += months;
    time.tm_mday = std::min(time.tm_mday, last.tm_mday);
    return time;
}

int yearOf(std::int64_t epochMs) {
    const std::time_t seconds = epochMs / 1000;
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    return utc.tm_year;
}

} // namespace

std::size_t length3164(std::string_view text) {
    const auto letter = [&](std::size_t i, char from, char to) {
        return i < text.size() && text[i] >= from && text[i] <= to;
    };
    if (!letter(0, 'A', 'Z') || !letter(1, 'a', 'z') || !letter(2, 'a', 'z')) return 0;
    std::size_t at = 3;
    const auto skip = [&](std::size_t most, auto wanted) {
        const std::size_t begin = at;
        while (at < text.size() && at - begin < most && wanted(text[at]))
            ++at;
        return at > begin;
    };
    if (!skip(2, isBlank) || !skip(2, isDigit) || !skip(1, isBlank)) return 0;
    constexpr std::string_view kForm = "99:99:99";
    return hasForm(text.substr(at), kForm) ? at + kForm.size() : 0;
}

std::size_t length5424(std::string_view text, std::size_t mostFraction) {
    if (!hasForm(text, "9999-99-99T99:99:99")) return 0;
    std::size_t at = kSecondLength;
    if (at + 1 < text.size() && text[at] == '.' && isDigit(text[at + 1])) {
        ++at;
        for (std::size_t digits = 0; digits < mostFraction && at < text.size() && isDigit(text[at]); ++digits)
            ++at;
    }
    if (at < text.size() && text[at] == 'Z') return at + 1;
    const auto zone = text.substr(at);
    return hasForm(zone, "+99:99") || hasForm(zone, "-99:99") ? at + 6 : at;
}

std::optional<std::int64_t> SyslogTimes::read3164(std::string_view text, std::int64_t now) {
    if (text == last3164_ && now >= lastNow_ && now - lastNow_ < kYearHoldsMs) return lastTime_;
    last3164_ = text;
    lastNow_ = now;
    lastTime_.reset();
    const auto month = monthNamed(text.substr(0, 3));
    if (!month) return lastTime_;
    const char* end = text.data() + text.size();
    std::tm time{};
    time.tm_year = yearOf(now);
    time.tm_mon = *month;
    time.tm_mday = isDigit(end[-11]) ? twoDigits(end - 11) : end[-10] - '0';
    time.tm_hour = twoDigits(end - 8);
    time.tm_min = twoDigits(end - 5);
    time.tm_sec = twoDigits(end - 2);
    const auto millis = [&](const std::tm& of) { return secondsOf(of, zone_ == SyslogZone::utc) * 1000; };
    if (millis(monthsLater(time, -1)) > now)
        --time.tm_year;
    else if (millis(monthsLater(time, 11)) < now)
        ++time.tm_year;
    lastTime_ = millis(time);
    return lastTime_;
}

std::int64_t SyslogTimes::read5424(std::string_view text) {
    std::string_view rest = text.substr(kSecondLength);
    std::int64_t millis = 0;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        for (int scale = 100; !rest.empty() && isDigit(rest.front()); scale /= 10) {
            millis += (rest.front() - '0') * scale;
            rest.remove_prefix(1);
        }
    }
    const bool utc = !rest.empty() || zone_ == SyslogZone::utc;
    // One character more than the second itself tells the two apart.
    const std::string_view second = text.substr(0, kSecondLength);
    if (lastSecond_.size() != kSecondLength + 1 || !lastSecond_.starts_with(second) ||
        (lastSecond_.back() == 'Z') != utc) {
        const char* at = text.data();
        std::tm time{};
        time.tm_year = twoDigits(at) * 100 + twoDigits(at + 2) - 1900;
        time.tm_mon = twoDigits(at + 5) - 1;
        time.tm_mday = twoDigits(at + 8);
        time.tm_hour = twoDigits(at + 11);
        time.tm_min = twoDigits(at + 14);
        time.tm_sec = twoDigits(at + 17);
        lastSeconds_ = secondsOf(time, utc);
        lastSecond_.assign(second).push_back(utc ? 'Z' : '-');
    }
    std::int64_t seconds = lastSeconds_;
    if (rest.size() > 1) {
        const int offset = (twoDigits(rest.data() + 1) * 60 + twoDigits(rest.data() + 4)) * 60;
        seconds -= rest.front() == '-' ? -offset : offset;
    }
    return seconds * 1000 + millis;
}

} // namespace millrace::flume
