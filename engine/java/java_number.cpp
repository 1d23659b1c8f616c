#include "java/java_number.h"

#include <charconv>
#include <limits>

namespace millrace::java {
namespace {

/// std::from_chars knows no plus sign, and "+-1" must not become -1.
std::optional<std::string_view> withoutPlus(std::string_view text) {
    text = javaTrim(text);
    if (!text.starts_with('+')) return text;
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
    return text;
}

template <typename Number>
std::optional<Number> parseWhole(std::string_view text) {
    const auto digits = withoutPlus(text);
    if (!digits) return std::nullopt;
    Number number{};
    const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), number);
    if (error != std::errc{} || end != digits->data() + digits->size()) return std::nullopt;
    return number;
}

} // namespace

std::string_view javaTrim(std::string_view text) {
    const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::optional<std::int32_t> parseJavaInt(std::string_view text) {
    return parseWhole<std::int32_t>(text);
}
std::optional<std::int64_t> parseJavaLong(std::string_view text) {
    return parseWhole<std::int64_t>(text);
}
std::optional<double> parseJavaDouble(std::string_view text) {
    return parseWhole<double>(text);
}

} // namespace millrace::java
