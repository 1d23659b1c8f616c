#include "java/java_regex_syntax.h"

#include <algorithm>
#include <vector>

namespace millrace::java {
namespace {

/// Position behind the character class that opens at `open`; npos when it is not closed. Classes nest in Java.
std::size_t behindClass(std::string_view pattern, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < pattern.size(); ++i) {
        if (pattern[i] == '\\') {
            ++i;
        } else if (pattern[i] == '[') {
            ++depth;
            if (i + 1 < pattern.size() && pattern[i + 1] == '^') ++i;
            // A closing bracket right at the start stands for itself.
            if (i + 1 < pattern.size() && pattern[i + 1] == ']') ++i;
        } else if (pattern[i] == ']' && --depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

/// Position behind the escape that starts at `backslash`: `\Q…\E` quotes up to its end or the end of the pattern, and
/// braces belong to `\p{…}`, `\P{…}`, `\x{…}` and `\N{…}`.
std::size_t behindEscape(std::string_view pattern, std::size_t backslash) {
    const char escaped = pattern[backslash + 1];
    const bool braces = std::string_view("pPxN").find(escaped) != std::string_view::npos &&
                        pattern.substr(backslash + 2).starts_with('{');
    if (braces) return std::min(pattern.find('}', backslash), pattern.size() - 1) + 1;
    if (escaped != 'Q') return backslash + 2;
    const auto end = pattern.find("\\E", backslash + 2);
    return end == std::string_view::npos ? pattern.size() : end + 2;
}

bool isQuantifier(char c) {
    return c == '*' || c == '+' || c == '?';
}

/// `{2}`, `{2,}` or `{2,5}` begins at `brace`: Java takes an opening brace for nothing else.
bool isRepetition(std::string_view pattern, std::size_t brace) {
    const auto pastDigits = [&](std::size_t at) {
        return std::min(pattern.find_first_not_of("0123456789", at), pattern.size());
    };
    std::size_t at = pastDigits(brace + 1);
    if (at == brace + 1) return false;
    if (pattern.substr(at).starts_with(',')) at = pastDigits(at + 1);
    return pattern.substr(at).starts_with('}');
}

} // namespace

std::optional<RegexProblem> regexProblem(std::string_view pattern) {
    std::vector<std::size_t> open;
    const auto at = [&](std::size_t index) { return RegexProblem{pattern[index], index + 1}; };
    bool nothingToRepeat = true;
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (isQuantifier(c) && nothingToRepeat) return at(i);
        nothingToRepeat = false;
        if (c == '\\') {
            if (i + 1 == pattern.size()) return at(i);
            i = behindEscape(pattern, i);
        } else if (c == '[') {
            const std::size_t behind = behindClass(pattern, i);
            if (behind == std::string_view::npos) return at(i);
            i = behind;
        } else {
            if ((c == ')' && open.empty()) || (c == '{' && !isRepetition(pattern, i))) return at(i);
            if (c == '(') open.push_back(i);
            if (c == ')') open.pop_back();
            nothingToRepeat = c == '(' || c == '|';
            // (?:…), (?i) and the like: the question mark belongs to the bracket.
            i += c == '(' && pattern.substr(i + 1).starts_with('?') ? 2 : 1;
        }
    }
    if (open.empty()) return std::nullopt;
    return at(open.back());
}

std::optional<RegexProblem> javaOnlySyntax(std::string_view pattern) {
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            i = behindEscape(pattern, i) - 1;
        } else if (!inClass && c == '[') {
            inClass = true;
            if (pattern.substr(i + 1).starts_with('^')) ++i;
            if (pattern.substr(i + 1).starts_with(']')) ++i; // stands for itself
        } else if (inClass && (c == '[' || pattern.substr(i).starts_with("&&"))) {
            return RegexProblem{c, i + 1};
        } else if (c == ']') {
            inClass = false;
        }
    }
    return std::nullopt;
}

} // namespace millrace::java
