#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {
class Log;
}

namespace millrace::java {

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

    /// From now on the first search that gives up (too much backtracking) is told in `log`, which outlives this.
    void warnIn(Log& log, std::string node);

    /// Searches give up after so many steps, where a hostile pattern may not even cost what a sensible one needs at
    /// most.
    void limitSteps(std::uint32_t steps);

    /// Matcher.find(): the first match. A search that gives up counts as not found.
    bool find(std::string_view text);
    /// The match after the last one, in the same text; behind an empty match one character further on.
    bool findNext();
    /// Matcher.matches(): the whole text.
    bool matches(std::string_view text);
    /// What the last search looked at, and what groups and positions are about: the text that was given, which must
    /// still be there, or where that is no UTF-8 what Java decodes it to (withoutMalformedUtf8).
    std::string_view text() const { return text_; }
    /// After a successful find(): group 0 is all. `data()` is null for a group that took no part. Views into text().
    std::string_view group(std::size_t number) const;
    std::size_t groupBegin(std::size_t number) const;
    std::size_t groupEnd(std::size_t number) const;
    std::size_t groupCount() const; ///< without group 0
    /// The number of a named group; 0 when there is none.
    std::size_t groupNamed(const std::string& name) const;

private:
    struct Compiled;
    explicit JavaRegex(std::unique_ptr<Compiled> compiled);
    bool begin(std::string_view text, unsigned options);
    int match(std::size_t start, unsigned options);
    bool isMatch(int result);
    std::unique_ptr<Compiled> compiled_;
    std::string_view text_;
};

/// What stands between the matches of `separator`, as Java's String.split: empty pieces at the end are left out.
std::vector<std::string> splitBy(JavaRegex& separator, std::string_view text);

} // namespace millrace::java
