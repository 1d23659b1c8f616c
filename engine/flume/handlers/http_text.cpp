#include "flume/handlers/http_text.h"

#include <algorithm>
#include <charconv>

namespace millrace::flume {
namespace {

bool sameWord(std::string_view text, std::string_view word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(text, word, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\"");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\"") - begin + 1);
}

std::string decodedPart(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const char* digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace

std::string charsetIn(std::string_view contentType) {
    while (!contentType.empty()) {
        const auto semicolon = contentType.find(';');
        const std::string_view part = contentType.substr(0, semicolon);
        contentType = semicolon == std::string_view::npos ? std::string_view() : contentType.substr(semicolon + 1);
        const auto equals = part.find('=');
        if (equals != std::string_view::npos && sameWord(trimmed(part.substr(0, equals)), "charset"))
            return std::string(trimmed(part.substr(equals + 1)));
    }
    return {};
}

std::vector<std::pair<std::string, std::string>> parametersIn(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view part = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (part.empty()) continue;
        const auto equals = part.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        parameters.emplace_back(decodedPart(part.substr(0, equals)), decodedPart(value));
    }
    return parameters;
}

} // namespace millrace::flume
