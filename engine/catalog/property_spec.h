#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace millrace::catalog {

enum class PropertyType {
    string,
    integer, ///< Java int
    longInteger,
    decimal,
    boolean, ///< Flume's rule: "true" in any case, everything else is false
    choice,
    list,
    path,
    host,
    port,
    duration, ///< see unit
    bytes,
    password,
    className, ///< alias or class
    regex,     ///< Java regular expression
    charset,   ///< by one of Java's names
};

enum class PropertyLevel {
    common,   ///< shown first
    advanced, ///< behind "more"
    expert,   ///< security, tuning, deprecated: folded
};

/// How a change of the value reaches a running component (SHAPES §5).
enum class ApplyClass {
    live,
    restart,
    lossy,
};

struct ValueRange {
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

/// One property of a component, declared once; parser, defaults, form, completion, tooltip and manual read this.
struct PropertySpec {
    /// Relative key. `<x>` stands for one user-chosen path element (`filegroups.<group>`), a last `.*` for any rest
    /// (`kafka.producer.*`).
    /// As the last element `<x>` takes the rest with its dots, as Flume's sub-properties do (`mapping.eu.west`).
    std::string_view name{};
    PropertyType type = PropertyType::string;
    std::string_view defaultValue{}; ///< as it would be written; empty = none
    bool required = false;
    std::string_view unit{}; ///< "ms", "s", "bytes", "events", …; empty = none
    ValueRange range{};
    /// The values of PropertyType::choice, compared without case; proposals for every other type.
    std::span<const std::string_view> choices{};
    PropertyLevel level = PropertyLevel::common;
    ApplyClass apply = ApplyClass::restart;
    std::string_view help{}; ///< one sentence in our own words
    bool deprecated = false;
    std::string_view replacedBy{}; ///< deprecated: the key that Flume reads this one for; empty when there is none
    /// Flume's configure() lets a bad number (it takes the default) or a missing required value (the component fails
    /// later) pass, so that the component is not removed.
    bool lenient = false;
    /// Flume's configure() itself refuses a value outside `range` or `choices`; else such a value is only a warning.
    bool strict = false;
    char separator = ' '; ///< PropertyType::list: ' ' for any white space, or ','
    bool isPattern() const { return name.ends_with(".*") || name.find('<') != std::string_view::npos; }
};

/// The declaration of `key` in `properties`, as ComponentSpec::property() finds it. Null when unknown.
const PropertySpec* findProperty(std::span<const PropertySpec> properties, std::string_view key);

} // namespace millrace::catalog
