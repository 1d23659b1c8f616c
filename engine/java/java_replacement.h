#pragma once

#include "java/java_regex.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace millrace::java {

/// What a match is replaced by: `$1`, `${name}` and `\x` as Matcher.appendReplacement reads them.
class JavaReplacement {
public:
    /// `regex`: whose groups are meant. The errors are Java's.
    static Result<JavaReplacement> parse(std::string_view text, const JavaRegex& regex);

    /// String.replaceAll() into `result`, which is written over. False, and `result` is no good, without a match.
    bool replaceAll(JavaRegex& regex, std::string_view text, std::string& result) const;

private:
    using Piece = std::variant<std::string, std::size_t>; ///< text, or the number of a group
    explicit JavaReplacement(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
    std::vector<Piece> pieces_;
};

} // namespace millrace::java
