#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace millrace::java {

/// A place in a pattern, and what stands there.
struct RegexProblem {
    char character;       ///< the bracket that is not closed or was never opened, the quantifier, the backslash …
    std::size_t position; ///< of it, in bytes from 1
    bool operator==(const RegexProblem&) const = default;
};

/// Where java.util.regex would stop reading; nothing when `pattern` looks well-formed. Looks at brackets, escapes and
/// dangling quantifiers: the mistakes people make.
std::optional<RegexProblem> regexProblem(std::string_view pattern);

/// The first part of a well-formed pattern that Java alone reads so, and PCRE2, which runs patterns here, silently
/// reads otherwise: an intersection (`&`) or a class (`[`) inside of a class.
std::optional<RegexProblem> javaOnlySyntax(std::string_view pattern);

} // namespace millrace::java
