#include "java/zone_file.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstring>
#include <optional>

namespace millrace::java {
namespace {

constexpr std::size_t kHeaderBytes = 44, kTypeBytes = 6;

Error damaged() {
    return {ErrorCode::corrupt, "this is no compiled time zone", false};
}

/// Big-endian numbers out of bytes whose number is checked before.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    bool has(std::size_t count) const { return bytes_.size() >= count; }
    std::int64_t number(int bytes) {
        std::uint64_t value = (bytes_[0] & 0x80) != 0 ? ~std::uint64_t(0) : 0;
        for (const std::uint8_t byte : take(static_cast<std::size_t>(bytes)))
            value = value << 8 | byte;
        return static_cast<std::int64_t>(value);
    }
    std::span<const std::uint8_t> take(std::size_t count) {
        const auto taken = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return taken;
    }
    std::string_view rest() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

private:
    std::span<const std::uint8_t> bytes_;
};

struct Header {
    char version = 0;
    std::size_t utcFlags = 0, standardFlags = 0, leaps = 0, changes = 0, types = 0, names = 0;
    std::size_t bodyBytes(std::size_t timeBytes) const {
        return changes * (timeBytes + 1) + types * kTypeBytes + names + leaps * (timeBytes + 4) + standardFlags +
               utcFlags;
    }
};

std::optional<Header> readHeader(Reader& reader) {
    constexpr std::size_t kMost = 100'000; // of anything; real zones have some hundreds
    if (!reader.has(kHeaderBytes) || !reader.rest().starts_with("TZif")) return {};
    (void)reader.take(4);
    Header header;
    header.version = static_cast<char>(reader.take(16)[0]);
    for (std::size_t* field :
         {&header.utcFlags, &header.standardFlags, &header.leaps, &header.changes, &header.types, &header.names}) {
        *field = static_cast<std::size_t>(reader.number(4));
        if (*field > kMost) return {};
    }
    return header;
}

/// A rule as POSIX writes them in TZ (RFC 8536, 3.3.1).
class RuleText {
public:
    explicit RuleText(std::string_view text) : text_(text) {}
    bool atEnd() const { return text_.empty(); }
    bool skip(char c) {
        if (!text_.starts_with(c)) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::string name() {
        const bool quoted = skip('<');
        std::size_t end = 0;
        while (end < text_.size() &&
               (quoted ? text_[end] != '>' : std::isalpha(static_cast<unsigned char>(text_[end])) != 0))
            ++end;
        std::string name(text_.substr(0, end));
        text_.remove_prefix(end);
        if (quoted) (void)skip('>');
        return name;
    }
    int number() {
        int value = 0;
        while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9' && value < 100'000) {
            value = value * 10 + (text_.front() - '0');
            text_.remove_prefix(1);
        }
        return value;
    }
    /// "[+-]h[:m[:s]]" in seconds.
    std::int32_t time() {
        const bool negative = skip('-');
        if (!negative) (void)skip('+');
        std::int32_t seconds = number() * 3600;
        if (skip(':')) seconds += number() * 60;
        if (skip(':')) seconds += number();
        return negative ? -seconds : seconds;
    }

private:
    std::string_view text_;
};

} // namespace

std::int64_t ZoneFile::YearlyChange::inYear(int year) const {
    using namespace std::chrono;
    constexpr int kLastWeek = 5;
    const auto monthOf = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month));
    const auto day = std::chrono::weekday(static_cast<unsigned>(weekday));
    const sys_days days =
        week == kLastWeek ? sys_days(monthOf / day[last]) : sys_days(monthOf / day[static_cast<unsigned>(week)]);
    return static_cast<std::int64_t>(days.time_since_epoch().count()) * 86'400 + seconds;
}

Status ZoneFile::readRule(std::string_view line) {
    RuleText text(line);
    if (text.atEnd()) return ok();
    rule_.standard.name = text.name();
    rule_.standard.seconds = -text.time();
    hasRule_ = true;
    if (text.atEnd()) return ok();
    rule_.hasSummer = true;
    rule_.summer = {rule_.standard.seconds + 3600, true, text.name()};
    if (!text.skip(',')) {
        rule_.summer.seconds = -text.time();
        if (!text.skip(',')) return damaged();
    }
    for (YearlyChange* change : {&rule_.toSummer, &rule_.toStandard}) {
        // Days counted from the begin of the year, which are allowed too, stand in no zone of today.
        if (!text.skip('M')) return damaged();
        change->month = text.number();
        if (!text.skip('.')) return damaged();
        change->week = text.number();
        if (!text.skip('.')) return damaged();
        change->weekday = text.number();
        change->seconds = text.skip('/') ? text.time() : 2 * 3600;
        if (change->month < 1 || change->month > 12 || change->week < 1 || change->week > 5 || change->weekday > 6)
            return damaged();
        (void)text.skip(',');
    }
    return ok();
}

Result<ZoneFile> ZoneFile::read(std::span<const std::uint8_t> bytes) {
    Reader reader(bytes);
    auto header = readHeader(reader);
    std::size_t timeBytes = 4;
    if (header && header->version >= '2' && reader.has(header->bodyBytes(timeBytes))) {
        // What is meant for older readers stands in front.
        (void)reader.take(header->bodyBytes(timeBytes));
        header = readHeader(reader);
        timeBytes = 8;
    }
    if (!header || header->types == 0 || !reader.has(header->bodyBytes(timeBytes))) return damaged();
    ZoneFile zone;
    for (std::size_t i = 0; i < header->changes; ++i)
        zone.changes_.push_back(reader.number(static_cast<int>(timeBytes)));
    const auto kinds = reader.take(header->changes);
    zone.kinds_.assign(kinds.begin(), kinds.end());
    const auto types = reader.take(header->types * kTypeBytes);
    const std::string_view names = reader.rest().substr(0, header->names);
    for (std::size_t i = 0; i < header->types; ++i) {
        Reader type(types.subspan(i * kTypeBytes));
        Offset offset{static_cast<std::int32_t>(type.number(4)), false, {}};
        offset.summer = type.take(1)[0] != 0;
        const auto name = names.substr(std::min<std::size_t>(type.take(1)[0], names.size()));
        offset.name = name.substr(0, name.find('\0'));
        zone.offsets_.push_back(std::move(offset));
    }
    const bool known = std::ranges::all_of(zone.kinds_, [&](std::uint8_t kind) { return kind < zone.offsets_.size(); });
    if (!known || !std::ranges::is_sorted(zone.changes_)) return damaged();
    (void)reader.take(header->bodyBytes(timeBytes) - header->changes * (timeBytes + 1) - header->types * kTypeBytes);
    std::string_view rule = reader.rest();
    if (timeBytes == 8 && rule.starts_with('\n')) {
        rule.remove_prefix(1);
        MILLRACE_TRY(zone.readRule(rule.substr(0, rule.find('\n'))));
    }
    return zone;
}

const ZoneFile::Offset& ZoneFile::byRule(std::int64_t epochSeconds) const {
    if (!rule_.hasSummer) return rule_.standard;
    using namespace std::chrono;
    const year_month_day day{floor<days>(sys_seconds(seconds(epochSeconds + rule_.standard.seconds)))};
    const int year = static_cast<int>(day.year());
    const std::int64_t toSummer = rule_.toSummer.inYear(year) - rule_.standard.seconds;
    const std::int64_t toStandard = rule_.toStandard.inYear(year) - rule_.summer.seconds;
    const bool summer = toSummer < toStandard ? epochSeconds >= toSummer && epochSeconds < toStandard
                                              : epochSeconds >= toSummer || epochSeconds < toStandard;
    return summer ? rule_.summer : rule_.standard;
}

const ZoneFile::Offset& ZoneFile::at(std::int64_t epochSeconds) const {
    const auto next = std::ranges::upper_bound(changes_, epochSeconds);
    if (next == changes_.end() && hasRule_) return byRule(epochSeconds);
    return next == changes_.begin() ? offsets_.front()
                                    : offsets_[kinds_[static_cast<std::size_t>(next - changes_.begin()) - 1]];
}

} // namespace millrace::java
