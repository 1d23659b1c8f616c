#include "java/joda_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace millrace::java {
namespace {

constexpr std::string_view kRead = "yYMdDEeaKhHkmsSZ";
constexpr std::string_view kKnown = "GCYxwxeEyDMdaKhHkmsSzZ";
constexpr std::array kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array kMonthEnds{"uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"};
constexpr std::array kDayEnds{"day", "sday", "nesday", "rsday", "day", "urday", "day"};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isNumeric(const DatePiece& piece) {
    if (piece.letter == 'M') return piece.count < 3;
    return piece.letter != 0 && std::string_view("EaZ").find(piece.letter) == std::string_view::npos;
}

/// The beginning of `text` is `word`, whatever the letter case.
bool startsWith(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char b, char a) { return same(a, b); });
}

/// What was read so far.
class Reading {
public:
    Reading(std::string_view text, int pivotYear) : text_(text), pivotYear_(pivotYear) {}

    bool take(const DatePiece& piece, bool beforeNumber) {
        switch (piece.letter) {
        case 0:
            return literal(piece.text);
        case 'y':
        case 'Y':
            return piece.count == 2 ? shortYear(!beforeNumber) : number(year_, beforeNumber ? piece.count : 9, true);
        case 'M':
            return piece.count >= 3 ? word(kMonths, kMonthEnds, month_) : number(month_, 2);
        case 'E':
            return word(kDays, kDayEnds, ignored_);
        case 'e':
            return number(ignored_, 1);
        case 'd':
            return number(day_, 2);
        case 'D':
            return number(dayOfYear_, 3);
        case 'H':
            return number(hour_, 2) && *hour_ < 24;
        case 'k':
            return number(hour_, 2) && *hour_ >= 1 && *hour_ <= 24 && (hour_ = *hour_ % 24, true);
        case 'K':
            return number(halfDayHour_, 2) && *halfDayHour_ < 12;
        case 'h':
            return number(halfDayHour_, 2) && *halfDayHour_ >= 1 && *halfDayHour_ <= 12 &&
                   (halfDayHour_ = *halfDayHour_ % 12, true);
        case 'a':
            return halfDay();
        case 'm':
            return number(minute_, 2) && *minute_ < 60;
        case 's':
            return number(second_, 2) && *second_ < 60;
        case 'S':
            return fraction(piece.count);
        default:
            return zone();
        }
    }

    std::optional<std::int64_t> result() const {
        if (!text_.empty() || !isDate()) return std::nullopt;
        std::tm time{};
        time.tm_year = year() - 1900;
        time.tm_mon = dayOfYear_ ? 0 : month_.value_or(1) - 1;
        time.tm_mday = dayOfYear_.value_or(day_.value_or(1));
        time.tm_hour = hour_ ? *hour_ : halfDayHour_.value_or(0) + (afternoon_ ? 12 : 0);
        time.tm_min = minute_.value_or(0);
        time.tm_sec = second_.value_or(0);
        time.tm_isdst = -1;
        const std::int64_t seconds = offset_ ? ::timegm(&time) - *offset_ : ::mktime(&time);
        return seconds * 1000 + millis_;
    }

private:
    using Field = std::optional<int>;

    bool literal(std::string_view wanted) {
        std::string lower(wanted);
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (!startsWith(text_, lower)) return false;
        text_.remove_prefix(lower.size());
        return true;
    }

    std::size_t digits(std::size_t most) const {
        const auto end = std::ranges::find_if_not(text_.substr(0, most), isDigit);
        return static_cast<std::size_t>(end - text_.substr(0, most).begin());
    }

    int takeDigits(std::size_t count) {
        int value = 0;
        for (const char c : text_.substr(0, count))
            value = value * 10 + (c - '0');
        text_.remove_prefix(count);
        return value;
    }

    bool number(Field& field, int most, bool signAllowed = false) {
        const bool negative = signAllowed && text_.starts_with('-');
        if (negative || (signAllowed && text_.starts_with('+'))) text_.remove_prefix(1);
        const std::size_t count = digits(static_cast<std::size_t>(most));
        if (count == 0) return false;
        const int value = takeDigits(count);
        field = negative ? -value : value;
        return true;
    }

    /// Within fifty years of the pivot; a year of more digits stands for itself where that can be told.
    bool shortYear(bool lenient) {
        if (lenient && digits(9) != 2) return number(year_, 9, true);
        if (digits(2) != 2) return false;
        const int first = pivotYear_ - 50, two = takeDigits(2);
        year_ = first + ((two - first) % 100 + 100) % 100;
        return true;
    }

    /// A short name or a whole one.
    template <std::size_t N>
    bool word(const std::array<const char*, N>& words, const std::array<const char*, N>& ends, Field& field) {
        for (std::size_t i = 0; i < N; ++i) {
            if (!startsWith(text_, words[i])) continue;
            text_.remove_prefix(3);
            if (startsWith(text_, ends[i])) text_.remove_prefix(std::string_view(ends[i]).size());
            field = static_cast<int>(i) + 1;
            return true;
        }
        return false;
    }

    bool halfDay() {
        if (!startsWith(text_, "am") && !startsWith(text_, "pm")) return false;
        afternoon_ = startsWith(text_, "pm");
        text_.remove_prefix(2);
        return true;
    }

    bool fraction(int most) {
        const std::size_t count = digits(static_cast<std::size_t>(most));
        if (count == 0) return false;
        int scale = 100;
        for (const char c : text_.substr(0, std::min<std::size_t>(count, 3))) {
            millis_ += (c - '0') * scale;
            scale /= 10;
        }
        text_.remove_prefix(count);
        return true;
    }

    /// "+0800", "+08:00" or "+08".
    bool zone() {
        if (!text_.starts_with('+') && !text_.starts_with('-')) return false;
        const int sign = text_.front() == '-' ? -1 : 1;
        text_.remove_prefix(1);
        if (digits(2) != 2) return false;
        const int hours = takeDigits(2);
        if (text_.starts_with(':')) text_.remove_prefix(1);
        const int minutes = digits(2) == 2 ? takeDigits(2) : 0;
        offset_ = sign * (hours * 3600 + minutes * 60);
        return hours < 24 && minutes < 60;
    }

    int year() const { return year_.value_or(month_ || day_ || dayOfYear_ ? 2000 : 1970); }

    bool isDate() const {
        const bool leap = (year() % 4 == 0 && year() % 100 != 0) || year() % 400 == 0;
        constexpr std::array kLengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (dayOfYear_) return *dayOfYear_ >= 1 && *dayOfYear_ <= (leap ? 366 : 365);
        const int month = month_.value_or(1), day = day_.value_or(1);
        if (month < 1 || month > 12) return false;
        const int last = month == 2 && leap ? 29 : kLengths[static_cast<std::size_t>(month - 1)];
        return day >= 1 && day <= last;
    }

    std::string_view text_;
    int pivotYear_;
    Field year_, month_, day_, dayOfYear_, hour_, halfDayHour_, minute_, second_, ignored_, offset_;
    int millis_ = 0;
    bool afternoon_ = false;
};

} // namespace

std::optional<std::string> jodaProblem(std::string_view pattern) {
    const auto pieces = datePieces(pattern);
    if (!pieces) return "'";
    if (pieces->empty()) return "";
    for (const DatePiece& piece : *pieces) {
        if (piece.letter != 0 && kKnown.find(piece.letter) == std::string_view::npos)
            return std::string(1, piece.letter);
    }
    return std::nullopt;
}

Result<JodaTime> JodaTime::of(std::string_view pattern, std::int64_t now) {
    const auto refused = [&](const std::string& why) {
        return Error{ErrorCode::invalidArgument, fmt::format("the time pattern '{}' {}", pattern, why), false};
    };
    if (const auto problem = jodaProblem(pattern))
        return refused(fmt::format("has \"{}\", which means nothing", *problem));
    auto pieces = datePieces(pattern);
    for (const DatePiece& piece : *pieces) {
        const bool zoneName = piece.letter == 'Z' && piece.count > 2;
        if (zoneName || (piece.letter != 0 && kRead.find(piece.letter) == std::string_view::npos))
            return refused(fmt::format("has \"{}\", which is not read here",
                                       std::string(static_cast<std::size_t>(piece.count), piece.letter)));
    }
    const std::time_t seconds = now / 1000;
    std::tm today{};
    ::localtime_r(&seconds, &today);
    return JodaTime(std::move(*pieces), today.tm_year + 1900 - 30);
}

std::optional<std::int64_t> JodaTime::read(std::string_view text) const {
    Reading reading(text, pivotYear_);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const bool beforeNumber = i + 1 < pieces_.size() && isNumeric(pieces_[i + 1]);
        if (!reading.take(pieces_[i], beforeNumber)) return std::nullopt;
    }
    return reading.result();
}

} // namespace millrace::java
