#include "base/sentences.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace {

namespace {

constexpr Sentence kSystem[] = {
    {"no-answer-in-time", "%1: no answer in time"},
    {"peer-closed", "%1 closed the connection"},
    {"system-refused", "%1: %2"},
};

std::string_view textOf(std::span<const Sentence> table, std::string_view code) {
    const auto found = std::lower_bound(table.begin(), table.end(), code,
                                        [](const Sentence& one, std::string_view wanted) { return one.code < wanted; });
    MILLRACE_ASSERT(found != table.end() && found->code == code, "no sentence for the code {}", code);
    return found->text;
}

} // namespace

std::string shortened(const std::string& argument) {
    constexpr std::size_t kLongest = 200; // bytes of UTF-8
    if (argument.size() <= kLongest) return argument;
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(argument[end]) & 0xC0) == 0x80)
        --end;
    return argument.substr(0, end) + "…";
}

std::string sentenceText(std::span<const Sentence> table, std::string_view code,
                         const std::vector<std::string>& arguments) {
    const std::string_view text = textOf(table, code);
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool marked = text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        const std::size_t index = marked ? static_cast<std::size_t>(text[i + 1] - '1') : arguments.size();
        if (index < arguments.size()) {
            filled += shortened(arguments[index]);
            ++i;
        } else {
            filled += text[i];
        }
    }
    return filled;
}

Error sentenceError(std::span<const Sentence> table, ErrorCode kind, std::string_view code,
                    std::vector<std::string> arguments, bool retriable) {
    std::string message = sentenceText(table, code, arguments);
    return {kind, std::move(message), retriable, std::string(code), std::move(arguments)};
}

std::span<const Sentence> systemSentences() {
    return kSystem;
}

} // namespace millrace
