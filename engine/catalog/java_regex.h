#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace millrace::catalog {

/// Where java.util.regex would stop reading a pattern.
struct RegexProblem {
    char character;       ///< the bracket that is not closed or was never opened, the quantifier, the backslash
    std::size_t position; ///< of it, in bytes from 1
    bool operator==(const RegexProblem&) const = default;
};

/// Nothing when `pattern` looks well-formed. Looks at brackets, escapes and dangling quantifiers: the mistakes people
/// make.
std::optional<RegexProblem> regexProblem(std::string_view pattern);

} // namespace millrace::catalog
