#include "java/time_zone.h"

#include "base/file_system.h"
#include "java/zone_file.h"

#include <fmt/core.h>

#include <optional>

namespace millrace::java {
namespace {

constexpr std::uint64_t kLargestZone = 1 << 20;

/// java.time.ZoneId.SHORT_IDS, as far as the tz database has not the same names.
constexpr std::pair<std::string_view, std::string_view> kOldNames[] = {
    {"ACT", "Australia/Darwin"},
    {"AET", "Australia/Sydney"},
    {"AGT", "America/Argentina/Buenos_Aires"},
    {"ART", "Africa/Cairo"},
    {"AST", "America/Anchorage"},
    {"BET", "America/Sao_Paulo"},
    {"BST", "Asia/Dhaka"},
    {"CAT", "Africa/Harare"},
    {"CNT", "America/St_Johns"},
    {"CST", "America/Chicago"},
    {"CTT", "Asia/Shanghai"},
    {"EAT", "Africa/Addis_Ababa"},
    {"ECT", "Europe/Paris"},
    {"IET", "America/Indiana/Indianapolis"},
    {"IST", "Asia/Kolkata"},
    {"JST", "Asia/Tokyo"},
    {"MIT", "Pacific/Apia"},
    {"NET", "Asia/Yerevan"},
    {"NST", "Pacific/Auckland"},
    {"PLT", "Asia/Karachi"},
    {"PNT", "America/Phoenix"},
    {"PRT", "America/Puerto_Rico"},
    {"PST", "America/Los_Angeles"},
    {"SST", "Pacific/Guadalcanal"},
    {"VST", "Asia/Ho_Chi_Minh"},
};

class OwnZone final : public TimeZone {
public:
    std::tm at(std::int64_t epochSeconds) const override {
        const auto seconds = static_cast<std::time_t>(epochSeconds);
        std::tm local{};
        ::localtime_r(&seconds, &local);
        return local;
    }
};

class NamedZone final : public TimeZone {
public:
    explicit NamedZone(ZoneFile file) : file_(std::move(file)) {}
    std::tm at(std::int64_t epochSeconds) const override {
        const ZoneFile::Offset& offset = file_.at(epochSeconds);
        const auto shifted = static_cast<std::time_t>(epochSeconds + offset.seconds);
        std::tm local{};
        ::gmtime_r(&shifted, &local);
        local.tm_isdst = offset.summer ? 1 : 0;
        local.tm_gmtoff = offset.seconds;
        local.tm_zone = offset.name.c_str();
        return local;
    }

private:
    const ZoneFile file_;
};

class FixedZone final : public TimeZone {
public:
    FixedZone(std::string name, std::int32_t seconds) : name_(std::move(name)), seconds_(seconds) {}
    std::tm at(std::int64_t epochSeconds) const override {
        const auto shifted = static_cast<std::time_t>(epochSeconds + seconds_);
        std::tm local{};
        ::gmtime_r(&shifted, &local);
        local.tm_gmtoff = seconds_;
        local.tm_zone = name_.c_str();
        return local;
    }

private:
    const std::string name_;
    const std::int32_t seconds_;
};

/// Java's custom ids, "GMT+8", "GMT+0830", "GMT-3:30": the distance in seconds.
std::optional<std::int32_t> distanceOf(std::string_view name) {
    constexpr std::string_view kDigits = "0123456789";
    if (!name.starts_with("GMT") || name.size() < 5 || (name[3] != '+' && name[3] != '-')) return {};
    std::string_view rest = name.substr(4);
    std::string digits;
    const auto colon = rest.find(':');
    if (colon != std::string_view::npos && (colon == 0 || colon > 2 || rest.size() != colon + 3)) return {};
    for (const char c : rest)
        if (c != ':') digits += c;
    if (digits.empty() || digits.size() > 4 || digits.find_first_not_of(kDigits) != std::string::npos) return {};
    const int value = std::stoi(digits);
    const int hours = digits.size() <= 2 ? value : value / 100, minutes = digits.size() <= 2 ? 0 : value % 100;
    if (hours > 23 || minutes > 59) return {};
    const std::int32_t seconds = hours * 3600 + minutes * 60;
    return name[3] == '-' ? -seconds : seconds;
}

bool isPlainName(std::string_view name) {
    return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

} // namespace

std::shared_ptr<const TimeZone> TimeZone::ofThisComputer() {
    static const auto own = std::make_shared<const OwnZone>();
    return own;
}

Result<std::shared_ptr<const TimeZone>> TimeZone::named(std::string_view name) {
    if (name == "GMT" || name == "UTC" || name == "Z")
        return std::shared_ptr<const TimeZone>(std::make_shared<FixedZone>(std::string(name), 0));
    if (const auto seconds = distanceOf(name))
        return std::shared_ptr<const TimeZone>(std::make_shared<FixedZone>(std::string(name), *seconds));
    std::string place(name);
    for (const auto& [old, now] : kOldNames)
        if (old == name) place = now;
    const Error unknown{
        ErrorCode::notFound,
        fmt::format("the time zone {} is unknown here; write one such as Asia/Shanghai, UTC or GMT+8", name), false};
    if (!isPlainName(place)) return unknown;
    const auto bytes = posixFileSystem().readAll(std::filesystem::path("/usr/share/zoneinfo") / place, kLargestZone);
    if (!bytes) return unknown;
    auto file = ZoneFile::read(*bytes);
    if (!file) return unknown;
    return std::shared_ptr<const TimeZone>(std::make_shared<NamedZone>(std::move(*file)));
}

} // namespace millrace::java
