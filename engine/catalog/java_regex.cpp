#include "catalog/java_regex.h"

#include <cstddef>

namespace millrace::catalog {
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

/// Position behind the escape that starts at `backslash`: `\Q…\E` quotes up to its end or the end of the pattern.
std::size_t behindEscape(std::string_view pattern, std::size_t backslash) {
    if (pattern[backslash + 1] != 'Q') return backslash + 2;
    const auto end = pattern.find("\\E", backslash + 2);
    return end == std::string_view::npos ? pattern.size() : end + 2;
}

bool isQuantifier(char c) {
    return c == '*' || c == '+' || c == '?';
}

} // namespace

std::string regexProblem(std::string_view pattern) {
    std::size_t depth = 0;
    bool nothingToRepeat = true;
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (isQuantifier(c) && nothingToRepeat) return std::string("nothing stands before the '") + c + "' to repeat";
        nothingToRepeat = false;
        if (c == '\\') {
            if (i + 1 == pattern.size()) return "it ends in a single backslash";
            i = behindEscape(pattern, i);
        } else if (c == '[') {
            i = behindClass(pattern, i);
            if (i == std::string_view::npos) return "a square bracket is not closed";
        } else {
            if (c == ')' && depth == 0) return "a round bracket is closed that was never opened";
            if (c == '(') ++depth;
            if (c == ')') --depth;
            nothingToRepeat = c == '(' || c == '|';
            // (?:…), (?i) and the like: the question mark belongs to the bracket.
            i += c == '(' && pattern.substr(i + 1).starts_with('?') ? 2 : 1;
        }
    }
    return depth > 0 ? "a round bracket is not closed" : "";
}

} // namespace millrace::catalog
