#include "flume/settings.h"

#include "base/assertion.h"
#include "catalog/check_support.h"
#include "java/java_number.h"

#include <algorithm>
#include <limits>

namespace millrace::flume {

namespace {

/// As Flume's Context reads a number of this type.
std::optional<std::int64_t> parseNumber(const catalog::PropertySpec& property, std::string_view text) {
    const bool isInt = property.type == catalog::PropertyType::integer || property.type == catalog::PropertyType::port;
    if (isInt) return java::parseJavaInt(text);
    return java::parseJavaLong(text);
}

} // namespace

Settings::Settings(const catalog::ComponentConfig& config) : Settings(*config.spec, config.properties, config.name) {}

Settings::Settings(const catalog::ComponentSpec& spec, const catalog::Properties& properties, std::string who)
    : spec_(spec), properties_(properties), who_(std::move(who)) {}

const catalog::PropertySpec& Settings::declared(std::string_view key) {
    const auto& all = spec_.properties;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& property) { return property.name == key; });
    MILLRACE_ASSERT(found != all.end(), "{} has no declared property {}", spec_.className, key);
    read_.emplace(key);
    return *found;
}

std::optional<std::string_view> Settings::given(const catalog::PropertySpec& property) const {
    // Flume drops empty values while reading the file, so an empty one counts as absent.
    if (const auto found = properties_.find(property.name); found != properties_.end() && !found->second.empty())
        return found->second;
    if (property.defaultValue.empty()) return {};
    return property.defaultValue;
}

void Settings::fail(const catalog::PropertySpec& property, std::string problem) {
    if (!error_)
        error_ = Error{ErrorCode::invalidArgument, fmt::format("{}: {} {}", who_, property.name, problem), false};
}

bool Settings::isSet(std::string_view key) const {
    const auto found = properties_.find(key);
    return found != properties_.end() && !found->second.empty();
}

std::string Settings::text(std::string_view key) {
    return textIfSet(key).value_or(std::string());
}

std::optional<std::string> Settings::textIfSet(std::string_view key) {
    const catalog::PropertySpec& property = declared(key);
    const auto value = given(property);
    if (value) return std::string(*value);
    if (property.required) fail(property, "is missing; it has no default");
    return {};
}

std::int64_t Settings::fallBack(const catalog::PropertySpec& property, std::string_view text) {
    warnings_.push_back(fmt::format("{}: {} = {} cannot be used; the default is taken", who_, property.name, text));
    return parseNumber(property, property.defaultValue).value_or(0);
}

std::int64_t Settings::judged(const catalog::PropertySpec& property, std::string_view text) {
    const auto value = parseNumber(property, text);
    if (!value) {
        if (property.lenient) return fallBack(property, text);
        fail(property, fmt::format("= {} is not a whole number", text));
        return 0;
    }
    const catalog::ValueRange& range = property.range;
    if (*value >= range.minimum && *value <= range.maximum) return *value;
    if (property.lenient) return fallBack(property, text);
    if (property.strict)
        fail(property, fmt::format("= {} is not between {} and {}", text, range.minimum, range.maximum));
    return std::clamp(*value, range.minimum, range.maximum);
}

std::int64_t Settings::number(std::string_view key) {
    const catalog::PropertySpec& property = declared(key);
    if (const auto text = given(property)) return judged(property, *text);
    if (property.required) fail(property, "is missing; it has no default");
    return 0;
}

std::optional<std::int64_t> Settings::numberIfSet(std::string_view key) {
    const catalog::PropertySpec& property = declared(key);
    const auto text = given(property);
    if (!text) return {};
    const std::size_t warningsBefore = warnings_.size();
    const std::int64_t value = judged(property, *text);
    // A lenient number without a default that cannot be read is as good as absent.
    if (warnings_.size() > warningsBefore && property.defaultValue.empty()) return {};
    return value;
}

bool Settings::flag(std::string_view key) {
    return catalog::equalsIgnoringCase(text(key), "true");
}

std::chrono::milliseconds Settings::duration(std::string_view key) {
    const catalog::PropertySpec& property = declared(key);
    std::int64_t factor = 1;
    if (property.unit == "s")
        factor = 1000;
    else if (property.unit == "min")
        factor = 60'000;
    else
        MILLRACE_ASSERT(property.unit == "ms", "{} is declared in {}", key, property.unit);
    const std::int64_t value = number(key);
    const std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 1'000'000 / factor; // fits in nanoseconds
    return std::chrono::milliseconds(std::clamp(value, -limit, limit) * factor);
}

std::vector<std::string> Settings::list(std::string_view key) {
    const char separator = declared(key).separator;
    return catalog::splitList(text(key), separator);
}

std::map<std::string, std::string> Settings::group(std::string_view prefix) {
    const std::string start = std::string(prefix) + '.';
    const auto below = [&](const auto& property) { return property.isPattern() && property.name.starts_with(start); };
    bool declaredAny = false;
    for (const catalog::PropertySpec& property : spec_.properties)
        if (below(property)) {
            read_.emplace(property.name);
            declaredAny = true;
        }
    MILLRACE_ASSERT(declaredAny, "{} declares nothing below {}", spec_.className, start);
    std::map<std::string, std::string> found;
    for (auto it = properties_.lower_bound(start); it != properties_.end() && it->first.starts_with(start); ++it) {
        const bool own = std::any_of(spec_.properties.begin(), spec_.properties.end(),
                                     [&](const auto& property) { return property.name == it->first; });
        if (!own && !it->second.empty()) found.emplace(it->first.substr(start.size()), it->second);
    }
    return found;
}

Status Settings::status() const {
    if (error_) return *error_;
    return ok();
}

catalog::Properties below(const catalog::Properties& properties, std::string_view prefix) {
    catalog::Properties rest;
    for (auto it = properties.lower_bound(prefix); it != properties.end() && it->first.starts_with(prefix); ++it)
        rest.emplace(it->first.substr(prefix.size()), it->second);
    return rest;
}

} // namespace millrace::flume
