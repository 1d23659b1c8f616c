#pragma once

#include "java/java_regex.h"

#include <optional>
#include <string>

namespace millrace::topology {

/// A Java regular expression of a document, compiled once, for whole names. Work per match is bounded, so a hostile
/// pattern costs a "no" and no time.
class NamePattern {
public:
    explicit NamePattern(const std::string& pattern);
    bool broken() const { return !regex_; } ///< could not be compiled; matches nothing
    bool matches(const std::string& name) { return regex_ && regex_->matches(name); }

private:
    std::optional<java::JavaRegex> regex_;
};

} // namespace millrace::topology
