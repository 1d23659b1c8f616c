#include "base/base64.h"

#include <array>
#include <cstdint>

namespace millrace {

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoLetter = 0xFF;

constexpr std::array<std::uint8_t, 256> kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoLetter);
    for (std::size_t i = 0; i < kLetters.size(); ++i)
        values[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
    return values;
}();

} // namespace

std::string toBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto byte = [&](std::size_t i) {
            return at + i < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) : 0u;
        };
        const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (int shift = 18; shift >= 0; shift -= 6)
            text += kLetters[group >> shift & 63];
    }
    for (std::size_t missing = (3 - bytes.size() % 3) % 3, i = 1; i <= missing; ++i)
        text[text.size() - i] = '=';
    return text;
}

std::optional<std::string> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPadding = i >= text.size() - padding;
        const std::uint8_t value = isPadding ? 0 : kValues[static_cast<unsigned char>(text[i])];
        if (value == kNoLetter) return {};
        group = group << 6 | value;
        if (i % 4 != 3) continue;
        for (const int shift : {16, 8, 0})
            bytes += static_cast<char>(group >> shift & 0xFF);
        group = 0;
    }
    for (std::size_t i = 0; i < padding; ++i)
        bytes.pop_back();
    // Bits behind the end have to be zero, so that one text stands for given bytes.
    return toBase64(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace millrace
