#pragma once

#include <string>
#include <string_view>

namespace millrace::java {

/// The text as `new String(bytes, UTF_8)` has it in Java: each malformed sequence is one U+FFFD.
std::string withoutMalformedUtf8(std::string_view bytes);

/// Whether a byte of valid UTF-8 is not the first one of its character.
inline bool isUtf8Continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

} // namespace millrace::java
