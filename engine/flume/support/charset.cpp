#include "flume/support/charset.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace millrace::flume {

Result<Charset> charsetNamed(const std::string& name) {
    std::string key;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)))
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    constexpr std::array<std::string_view, 4> kUtf8{"utf8", "usascii", "ascii", "iso646us"};
    constexpr std::array<std::string_view, 3> kLatin1{"iso88591", "latin1", "l1"};
    if (std::find(kUtf8.begin(), kUtf8.end(), key) != kUtf8.end()) return Charset::utf8;
    if (std::find(kLatin1.begin(), kLatin1.end(), key) != kLatin1.end()) return Charset::latin1;
    return Error{ErrorCode::unsupported, "the charset " + name + " does not run here; UTF-8 and ISO-8859-1 do", false};
}

void appendAsUtf8(std::string_view text, Charset charset, std::string& out) {
    if (charset == Charset::utf8) {
        out += text;
        return;
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xc0 | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
}

std::size_t javaLength(std::string_view text, Charset charset) {
    if (charset == Charset::latin1) return text.size();
    std::size_t length = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0) != 0x80) length += byte >= 0xf0 ? 2 : 1; // beyond the first plane: a surrogate pair
    }
    return length;
}

} // namespace millrace::flume
