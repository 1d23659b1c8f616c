#include "kafka/topic_pattern.h"

namespace millrace::kafka {
namespace {

Error cannot(std::string_view regex, std::string_view what) {
    return {ErrorCode::unsupported,
            "the topic pattern \"" + std::string(regex) + "\" uses " + std::string(what) +
                ", which cannot be used for topics; write it with plain classes such as [0-9]",
            false};
}

/// The POSIX text of a class escape, empty when `letter` is none. Inside brackets without brackets of its own.
std::string_view classEscape(char letter, bool inBrackets) {
    switch (letter) {
    case 'd':
        return inBrackets ? "0-9" : "[0-9]";
    case 'w':
        return inBrackets ? "A-Za-z0-9_" : "[A-Za-z0-9_]";
    case 'D':
        return inBrackets ? "" : "[^0-9]";
    case 'W':
        return inBrackets ? "" : "[^A-Za-z0-9_]";
    default:
        return {};
    }
}

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

Result<std::string> topicPattern(std::string_view javaRegex) {
    std::string out = "^(";
    bool inBrackets = false;
    for (std::size_t i = 0; i < javaRegex.size(); ++i) {
        const char c = javaRegex[i];
        if (c == '\\') {
            if (++i == javaRegex.size()) return cannot(javaRegex, "a backslash at its end");
            const char escaped = javaRegex[i];
            if (const auto text = classEscape(escaped, inBrackets); !text.empty())
                out += text;
            else if (isLetterOrDigit(escaped))
                return cannot(javaRegex, std::string("\\") + escaped);
            else if (inBrackets)
                out += escaped;
            else
                (out += '\\') += escaped;
            continue;
        }
        if (inBrackets) {
            if (c == '[' || c == '&') return cannot(javaRegex, "a class within a class");
            inBrackets = c != ']';
        } else if (c == '[') {
            inBrackets = true;
        } else if (c == '(' && javaRegex.substr(i, 2) == "(?") {
            if (javaRegex.substr(i, 3) != "(?:") return cannot(javaRegex, "a group beginning with (?");
            i += 2;
        } else if ((c == '?' || c == '+') && i > 0 &&
                   (javaRegex[i - 1] == '*' || javaRegex[i - 1] == '+' || javaRegex[i - 1] == '}' ||
                    javaRegex[i - 1] == '?') &&
                   (i < 2 || javaRegex[i - 2] != '\\')) {
            // Lazy or possessive: for a whole-name match without captures it means the same as greedy.
            if (c == '?') continue;
            return cannot(javaRegex, "a possessive repeat");
        }
        out += c;
    }
    if (inBrackets) return cannot(javaRegex, "a class that is not closed");
    return out + ")$";
}

} // namespace millrace::kafka
