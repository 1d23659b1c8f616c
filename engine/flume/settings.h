#pragma once

#include "base/result.h"
#include "catalog/agent_config.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// Typed access to a component's properties. Defaults come from the declaration in catalog/, so none stands in code;
/// asking for a key that is not declared asserts. Errors are collected, not thrown: read everything, then ask status().
/// Refers to what it was made from: use it within the factory or reconfigure() that got it.
class Settings {
public:
    explicit Settings(const catalog::ComponentConfig& config);
    Settings(const catalog::ComponentSpec& spec, const catalog::Properties& properties, std::string who);

    bool isSet(std::string_view key) const; ///< in the file; a default does not count
    std::string text(std::string_view key);
    std::optional<std::string> textIfSet(std::string_view key); ///< nothing when neither set nor defaulted
    /// No number is an error, and so is one outside the range where the declaration is strict; elsewhere such a one is
    /// taken to the nearest end of the range. A lenient property falls back to its default in both cases. 0 when
    /// neither set nor defaulted.
    std::int64_t number(std::string_view key);
    std::optional<std::int64_t> numberIfSet(std::string_view key); ///< nothing when neither set nor defaulted
    bool flag(std::string_view key);
    std::chrono::milliseconds duration(std::string_view key); ///< by the declared unit
    std::vector<std::string> list(std::string_view key);      ///< split as declared: on white space, or at each comma
    /// All given properties below "prefix." with the rest of the key; the patterns must be declared. Keys that have a
    /// declaration of their own (`selector.type` beside `selector.*`) are left out.
    std::map<std::string, std::string> group(std::string_view prefix);

    /// The first problem, with component and property named.
    Status status() const;
    /// What was read differently from how it is written (lenient numbers), one sentence each, for the log.
    const std::vector<std::string>& warnings() const { return warnings_; }
    const std::string& who() const { return who_; }
    /// Declared keys asked for so far, as declared (patterns as patterns): a test compares them with the declaration.
    const std::set<std::string, std::less<>>& keysRead() const { return read_; }

private:
    const catalog::PropertySpec& declared(std::string_view key);
    /// The text given, else the default; nothing when there is neither.
    std::optional<std::string_view> given(const catalog::PropertySpec& property) const;
    std::int64_t judged(const catalog::PropertySpec& property, std::string_view text);
    std::int64_t fallBack(const catalog::PropertySpec& property, std::string_view text);
    void fail(const catalog::PropertySpec& property, std::string problem);

    const catalog::ComponentSpec& spec_;
    const catalog::Properties& properties_;
    std::string who_;
    std::set<std::string, std::less<>> read_;
    std::vector<std::string> warnings_;
    std::optional<Error> error_;
};

/// The properties below `prefix` (which ends in a dot), with the rest of their keys.
catalog::Properties below(const catalog::Properties& properties, std::string_view prefix);

} // namespace millrace::flume
