#include "java/java_replacement.h"

#include <fmt/core.h>

namespace millrace::java {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

Error badReplacement(std::string_view text, std::string_view why) {
    return Error{ErrorCode::invalidArgument, fmt::format("'{}': {}", text, why), false};
}

} // namespace

Result<JavaReplacement> JavaReplacement::parse(std::string_view text, const JavaRegex& regex) {
    std::vector<Piece> pieces;
    std::string literal;
    const auto addGroup = [&](std::size_t number) {
        if (!literal.empty()) pieces.emplace_back(std::exchange(literal, {}));
        pieces.emplace_back(number);
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\\') {
            if (i + 1 == text.size()) return badReplacement(text, "nothing follows the last backslash");
            literal += text[i + 1];
            i += 2;
        } else if (text[i] != '$') {
            literal += text[i++];
        } else if (text.substr(i + 1).starts_with('{')) {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos) return badReplacement(text, "${ is not closed");
            const std::size_t number = regex.groupNamed(std::string(text.substr(i + 2, end - i - 2)));
            if (number == 0) return badReplacement(text, "the pattern has no group of that name");
            addGroup(number);
            i = end + 1;
        } else {
            if (++i == text.size() || !isDigit(text[i])) return badReplacement(text, "a group number must follow $");
            auto number = static_cast<std::size_t>(text[i++] - '0');
            if (number > regex.groupCount())
                return badReplacement(text, fmt::format("the pattern has no group {}", number));
            // Java takes further digits only as long as there is such a group: $12 may be group 1 and the text 2.
            while (i < text.size() && isDigit(text[i])) {
                const std::size_t longer = number * 10 + static_cast<std::size_t>(text[i] - '0');
                if (longer > regex.groupCount()) break;
                number = longer;
                ++i;
            }
            addGroup(number);
        }
    }
    if (!literal.empty()) pieces.emplace_back(std::move(literal));
    return JavaReplacement(std::move(pieces));
}

bool JavaReplacement::replaceAll(JavaRegex& regex, std::string_view text, std::string& result) const {
    result.clear();
    std::size_t copied = 0;
    bool any = false;
    for (bool found = regex.find(text); found; found = regex.findNext()) {
        any = true;
        const std::size_t begin = regex.groupBegin(0);
        result += regex.text().substr(copied, begin - copied);
        for (const Piece& piece : pieces_) {
            if (const auto* literal = std::get_if<std::string>(&piece))
                result += *literal;
            else
                result += regex.group(std::get<std::size_t>(piece));
        }
        copied = regex.groupEnd(0);
    }
    if (any) result += regex.text().substr(copied);
    return any;
}

} // namespace millrace::java
