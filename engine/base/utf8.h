#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace millrace {

/// No code point: what nextCodePoint() says of a byte that is no part of a character.
inline constexpr std::uint32_t kBrokenUtf8 = 0xFFFFFFFF;

/// The code point (RFC 3629) at `at`, which moves on; kBrokenUtf8 for broken bytes, of which one is skipped.
/// Precondition: at < text.size().
std::uint32_t nextCodePoint(std::string_view text, std::size_t& at);
/// True when `text` is well-formed UTF-8.
bool isUtf8(std::string_view text);
/// `text` with each byte that is no part of a character replaced by U+FFFD.
std::string validUtf8(std::string_view text);

} // namespace millrace
