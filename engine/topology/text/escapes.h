#pragma once

#include <string>
#include <string_view>

namespace millrace::topology {

/// Places in the raw text that deserve a word; offsets into what was decoded, npos = none.
struct DecodeNotes {
    std::size_t droppedBackslash = std::string::npos; ///< before a character that has no escape: `\d` is read as `d`
    std::size_t malformedEscape = std::string::npos;  ///< `\u` without four hexadecimal digits
};

/// Key or value of a properties file as java.util.Properties reads it: ISO-8859-1, escapes resolved; the answer is
/// UTF-8. A malformed `\u` is kept as it stands.
std::string decodeProperties(std::string_view raw, DecodeNotes* notes = nullptr);
/// Value of a `#@` line: UTF-8 with `\n`, `\\` and `\uXXXX`; any other backslash stands for itself.
std::string decodeOurs(std::string_view raw, DecodeNotes* notes = nullptr);

/// Raw text of a properties file in ASCII, which is read as the same: bytes above 0x7F become `\uXXXX`.
std::string asciiProperties(std::string_view raw);

/// Text that Flume reads back as `value`: ASCII only. `afterBlank`: only blanks separate key and value, so a leading
/// `=` or `:` would be taken for the separator.
std::string encodeValue(std::string_view value, bool afterBlank = false);
std::string encodeKey(std::string_view key);
/// Value of a `#@` line on one line, UTF-8.
std::string encodeOurs(std::string_view value);

/// What Java's String.trim() cuts: everything up to U+0020 at both ends.
std::string_view trimmed(std::string_view text);
void trimInPlace(std::string& text);

/// Raw UTF-8 bytes that were read as ISO-8859-1, read as what was meant; `text` itself when they are no UTF-8.
std::string latin1AsUtf8(std::string_view text);

} // namespace millrace::topology
