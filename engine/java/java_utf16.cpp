#include "java/java_utf16.h"

#include "base/utf8.h"

namespace millrace::java {

std::vector<char16_t> toUtf16(std::string_view text) {
    std::vector<char16_t> units;
    units.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t c = nextCodePoint(text, at);
        if (c == kBrokenUtf8) c = 0xFFFD;
        if (c >= 0x10000) {
            c -= 0x10000;
            units.push_back(static_cast<char16_t>(0xD800 + (c >> 10)));
            c = 0xDC00 + (c & 0x3FF);
        }
        units.push_back(static_cast<char16_t>(c));
    }
    return units;
}

} // namespace millrace::java
