#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace millrace::flume {

/// A regular expression as Java means it (PCRE2 with JIT). Immutable; matching from one thread at a time.
class Pattern {
public:
    /// `utf8`: text is UTF-8 and characters count; otherwise bytes. The error says what is wrong and where.
    static Result<Pattern> compile(const std::string& expression, bool utf8 = true);
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    bool matchesWhole(std::string_view text) const; ///< Java's matches()
    bool found(std::string_view text) const;        ///< Java's find()

private:
    struct Impl;
    explicit Pattern(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::flume
