#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// A Java regular expression, run by PCRE2 with its JIT compiler. The same for all that people write, except what
/// compile() refuses by name: intersections and unions inside of classes (`[a-z&&[^b]]`) and Java's own properties
/// (`\p{javaUpperCase}`). Line ends are any of Unicode's, letters and digits of `\w` and `\d` are ASCII, as in Java.
/// One thread at a time.
class JavaRegex {
public:
    enum class Text { utf8, bytes }; ///< bytes: each byte is a character (ISO-8859-1)
    static Result<JavaRegex> compile(const std::string& pattern, Text text = Text::utf8);
    JavaRegex(JavaRegex&&) noexcept;
    JavaRegex& operator=(JavaRegex&&) noexcept;
    ~JavaRegex();

    /// Matcher.find() from `start`. A search that gives up (too much backtracking) counts as not found.
    bool find(std::string_view text, std::size_t start = 0);
    /// Matcher.matches(): the whole text.
    bool matches(std::string_view text);
    /// After a successful find(): group 0 is all. `data()` is null for a group that took no part. Views into the text.
    std::string_view group(std::size_t number) const;
    std::size_t groupBegin(std::size_t number) const;
    std::size_t groupEnd(std::size_t number) const;
    std::size_t groupCount() const; ///< without group 0
    /// The number of a named group; 0 when there is none.
    std::size_t groupNamed(const std::string& name) const;
    bool isUtf8() const;

private:
    struct Compiled;
    explicit JavaRegex(std::unique_ptr<Compiled> compiled);
    bool match(std::string_view text, std::size_t start, unsigned options);
    std::unique_ptr<Compiled> compiled_;
    std::string_view text_;
};

/// What stands between the matches of `separator`, as Java's String.split: empty pieces at the end are left out.
std::vector<std::string> splitBy(JavaRegex& separator, std::string_view text);

} // namespace millrace::flume
