#include "base/utf8.h"

namespace millrace {

std::uint32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 && first < 0xF5   ? 3
                     : first >= 0xE0 && first < 0xF0 ? 2
                     : first >= 0xC2 && first < 0xE0 ? 1
                                                     : 0;
    if (more == 0) return kBrokenUtf8;
    std::uint32_t c = first & (0x3Fu >> more);
    for (int i = 0; i < more; ++i) {
        const std::size_t index = at + static_cast<std::size_t>(i);
        if (index >= text.size() || (byte(index) & 0xC0) != 0x80) return kBrokenUtf8;
        c = (c << 6) | (byte(index) & 0x3F);
    }
    const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return kBrokenUtf8;
    at += static_cast<std::size_t>(more);
    return c;
}

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (nextCodePoint(text, at) == kBrokenUtf8) return false;
    }
    return true;
}

std::string validUtf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (nextCodePoint(text, at) == kBrokenUtf8) {
            out += "\xEF\xBF\xBD";
        } else {
            out += text.substr(begin, at - begin);
        }
    }
    return out;
}

} // namespace millrace
