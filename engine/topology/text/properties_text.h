#pragma once

#include "topology/text/edit.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// One `key = value` of the file, a Flume property or a `#@` line, with the places of its parts.
struct Entry {
    std::string key;   ///< decoded and trimmed, UTF-8; of a `#@` line without the prefix
    std::string value; ///< decoded and trimmed, UTF-8
    TextRange lines;   ///< all physical lines of it, with the last line end
    TextRange keyRange;
    TextRange valueRange; ///< without blanks around; empty where a value would stand when there is none
    int line = 1;         ///< of the key, from 1
    bool ours = false;
    bool superseded = false; ///< a later entry has the same key and counts; known in a document's text
    bool separator = false; ///< `=` or `:` stands between key and value
    bool highBytes = false; ///< bytes above 0x7F in the value, which Flume reads as ISO-8859-1
    /// Offset of a backslash that the properties format drops silently (`\d`), or npos.
    std::size_t droppedBackslash = std::string::npos;
    /// Offset of the backslash of a `\u` without four hexadecimal digits, or npos: Java loses the whole file.
    std::size_t malformedEscape = std::string::npos;

    bool operator==(const Entry&) const = default;
};

/// The text cut into entries exactly as java.util.Properties.load() does it (JDK 17), plus the `#@` lines.
/// Everything that is in no entry is a comment or a blank line and is never touched.
struct PropertiesText {
    std::vector<Entry> entries;            ///< file order, duplicates too
    std::vector<std::size_t> lineStarts;   ///< offset of each physical line (LF, CR or CRLF end one)
    std::vector<TextRange> unreadableOurs; ///< `#@` lines without `=`
    bool byteOrderMark = false; ///< the file begins with EF BB BF, which Java takes for part of the first key

    static PropertiesText parse(std::string_view text);
    /// 1-based number of the physical line that holds `offset`.
    int lineOf(std::size_t offset) const;
};

} // namespace millrace::topology
