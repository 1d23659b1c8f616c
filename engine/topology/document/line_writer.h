#pragma once

#include "topology/document/document.h"
#include "topology/text/properties_text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Single changes of the text: how a line is written and where a new one goes.
namespace millrace::topology {

using KeyValue = std::pair<std::string, std::string>;

/// Where new lines go, and whose looks they imitate.
struct Place {
    std::size_t offset = 0;
    const Entry* model = nullptr; ///< indentation and spacing round `=`; null = the file's usual ones
    bool blankBefore = false;     ///< a blank line belongs before
    bool blankAfter = false;
};

/// Where a person would put a new line with this key.
Place placeFor(const Document& document, std::string_view key, bool ours);
/// The last line of `text` ends in a backslash that would swallow what is put behind it.
bool endsContinued(std::string_view text);
/// The insertion of these lines at `place`, with the file's line ends.
Replacement insertLines(const Document& document, const Place& place, const std::vector<KeyValue>& lines, bool ours);
/// The replacement of an existing entry's value.
Replacement replaceValue(const Document& document, const Entry& entry, std::string_view value);
/// The entry that counts, or null.
const Entry* lastEntry(const Document& document, std::string_view key, bool ours);

} // namespace millrace::topology
