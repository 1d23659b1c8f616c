#include "java/java_date.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace millrace::java {
namespace {

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kDays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string padded(std::int64_t number, int width) {
    return fmt::format("{:0{}}", number, width);
}

std::string name(const char* whole, int count) {
    return std::string(whole).substr(0, count >= 4 ? std::string::npos : 3);
}

class Formatter {
public:
    explicit Formatter(std::int64_t epochMs) : millis_(static_cast<int>(((epochMs % 1000) + 1000) % 1000)) {
        const std::time_t seconds = (epochMs - millis_) / 1000;
        ::localtime_r(&seconds, &time_);
    }

    std::optional<std::string> field(char letter, int count) const {
        switch (letter) {
        case 'G':
            return "AD";
        case 'y':
        case 'Y':
            return year(letter == 'Y' && isFirstWeekOfNextYear() ? 1 : 0, count);
        case 'M':
        case 'L':
            return count >= 3 ? name(kMonths[static_cast<std::size_t>(time_.tm_mon)], count)
                              : padded(time_.tm_mon + 1, count);
        case 'E':
            return name(kDays[static_cast<std::size_t>(time_.tm_wday)], count);
        case 'a':
            return time_.tm_hour < 12 ? "AM" : "PM";
        case 'z':
            return std::string(time_.tm_zone);
        case 'Z':
            return zone(count == 2 ? ":" : "");
        case 'X':
            if (time_.tm_gmtoff == 0) return "Z";
            return count == 1 ? zone("").substr(0, 3) : zone(count == 2 ? "" : ":");
        default:
            break;
        }
        const auto value = number(letter);
        if (!value) return std::nullopt;
        return padded(*value, count);
    }

private:
    std::string year(int more, int count) const {
        const int whole = time_.tm_year + 1900 + more;
        return count > 2 ? padded(whole, count) : padded(whole % 100, 2);
    }

    std::optional<int> number(char letter) const {
        switch (letter) {
        case 'd':
            return time_.tm_mday;
        case 'D':
            return time_.tm_yday + 1;
        case 'F':
            return (time_.tm_mday - 1) / 7 + 1;
        case 'u':
            return time_.tm_wday == 0 ? 7 : time_.tm_wday;
        case 'w':
            return isFirstWeekOfNextYear() ? 1 : week(time_.tm_yday);
        case 'W':
            return week(time_.tm_mday - 1);
        case 'H':
            return time_.tm_hour;
        case 'k':
            return time_.tm_hour == 0 ? 24 : time_.tm_hour;
        case 'K':
            return time_.tm_hour % 12;
        case 'h':
            return time_.tm_hour % 12 == 0 ? 12 : time_.tm_hour % 12;
        case 'm':
            return time_.tm_min;
        case 's':
            return time_.tm_sec;
        case 'S':
            return millis_;
        default:
            return std::nullopt;
        }
    }

    /// The week in which the day number `day` of a year or month lies, from 1; the first one may be short.
    int week(int day) const {
        const int firstWeekday = ((time_.tm_wday - day) % 7 + 7) % 7;
        return (day + firstWeekday) / 7 + 1;
    }
    bool isFirstWeekOfNextYear() const { return time_.tm_mon == 11 && time_.tm_mday - time_.tm_wday > 25; }

    std::string zone(const char* between) const {
        const long minutes = (time_.tm_gmtoff < 0 ? -time_.tm_gmtoff : time_.tm_gmtoff) / 60;
        return fmt::format("{}{:02}{}{:02}", time_.tm_gmtoff < 0 ? '-' : '+', minutes / 60, between, minutes % 60);
    }

    std::tm time_{};
    int millis_;
};

/// The quoted text that begins behind the quote at `at`, which moves behind the closing one; two quotes are one.
std::optional<std::string> quoted(std::string_view pattern, std::size_t& at) {
    if (pattern.substr(at, 1) == "'") return ++at, "'";
    std::string text;
    while (at < pattern.size()) {
        if (pattern[at] != '\'') {
            text += pattern[at++];
        } else if (pattern.substr(at, 2) == "''") {
            text += '\'';
            at += 2;
        } else {
            ++at;
            return text;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::vector<DatePiece>> datePieces(std::string_view pattern) {
    std::vector<DatePiece> pieces;
    for (std::size_t at = 0; at < pattern.size();) {
        const char c = pattern[at++];
        if (isLetter(c)) {
            const bool more = !pieces.empty() && at >= 2 && pieces.back().letter == c && pattern[at - 2] == c;
            if (!more) pieces.push_back({c, 0, {}});
            ++pieces.back().count;
            continue;
        }
        const auto text = c == '\'' ? quoted(pattern, at) : std::string(1, c);
        if (!text) return std::nullopt;
        if (pieces.empty() || pieces.back().letter != 0) pieces.push_back({});
        pieces.back().text += *text;
    }
    return pieces;
}

std::optional<std::string> formatJavaDate(std::string_view pattern, std::int64_t epochMs) {
    const auto pieces = datePieces(pattern);
    if (!pieces) return std::nullopt;
    const Formatter formatter(epochMs);
    std::string out;
    for (const DatePiece& piece : *pieces) {
        const auto text = piece.letter == 0 ? piece.text : formatter.field(piece.letter, piece.count);
        if (!text) return std::nullopt;
        out += *text;
    }
    return out;
}

} // namespace millrace::java
