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
class Settings {
public:
    explicit Settings(const catalog::ComponentConfig& config);
    Settings(const catalog::ComponentSpec& spec, const catalog::Properties& properties, std::string who);

    std::string text(std::string_view key);
    std::optional<std::string> textIfSet(std::string_view key); ///< nothing when neither set nor defaulted
    std::int64_t number(std::string_view key);                  ///< range of the declaration applies
    bool flag(std::string_view key);
    std::chrono::milliseconds duration(std::string_view key);   ///< by the declared unit
    std::vector<std::string> list(std::string_view key);        ///< split on white space
    /// All given properties below "prefix." with the rest of the key; the pattern must be declared.
    std::map<std::string, std::string> group(std::string_view prefix);

    /// The first problem, with component and property named.
    Status status() const;
    /// Declared keys asked for so far, as declared (patterns as patterns): a test compares them with the declaration.
    const std::set<std::string, std::less<>>& keysRead() const { return read_; }

private:
    const catalog::ComponentSpec& spec_;
    const catalog::Properties& properties_;
    std::string who_;
    std::set<std::string, std::less<>> read_;
    std::optional<Error> error_;
};

} // namespace millrace::flume
