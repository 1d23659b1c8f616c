#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace millrace {

/// Bytes as text by RFC 4648 §4, padded, without line ends.
std::string toBase64(std::string_view bytes);
/// The bytes again; nothing when the text is not what toBase64() writes.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace millrace
