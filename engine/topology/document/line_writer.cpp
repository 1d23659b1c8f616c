#include "topology/document/line_writer.h"

#include "topology/text/escapes.h"

#include <algorithm>

namespace millrace::topology {
namespace {

bool onlyOneLine(std::string_view text) {
    return text.find_first_of("\r\n\\") == std::string_view::npos;
}

/// Indentation and the space round `=` of a line that others imitate.
struct Looks {
    std::string indent;
    std::string separator = " = ";
    std::size_t column = 0; ///< of the separator sign when the lines are aligned in columns, else 0
};

Looks looksOf(const Document& document, const Entry* model) {
    Looks looks;
    looks.separator = document.style().separator;
    if (model == nullptr || model->ours) return looks;
    const std::string& text = document.text();
    const std::string indent = text.substr(model->lines.begin, model->keyRange.begin - model->lines.begin);
    if (onlyOneLine(indent)) looks.indent = indent;
    if (!model->separator || model->valueRange.size() == 0) return looks;
    const std::string between = text.substr(model->keyRange.end, model->valueRange.begin - model->keyRange.end);
    if (!onlyOneLine(between)) return looks;
    const std::size_t sign = between.find_first_of("=:");
    if (sign == std::string::npos) return looks;
    looks.separator = between;
    if (sign > 1) {
        looks.column = model->keyRange.end - model->keyRange.begin + sign;
        looks.separator = " " + between.substr(sign);
    }
    return looks;
}

std::string lineText(const Looks& looks, const KeyValue& line, bool ours) {
    if (ours) return "#@ " + line.first + " = " + encodeOurs(line.second);
    std::string key = encodeKey(line.first);
    if (looks.column > 0 && key.size() + 1 < looks.column) key.append(looks.column - key.size() - 1, ' ');
    const bool afterBlank = looks.separator.find_first_of("=:") == std::string::npos;
    return looks.indent + key + looks.separator + encodeValue(line.second, afterBlank);
}

bool lastIsContinued(const Document& document) {
    const auto& entries = document.properties().entries;
    const bool property =
        !entries.empty() && !entries.back().ours && entries.back().lines.end == document.text().size();
    return property && endsContinued(document.text());
}

} // namespace

bool endsContinued(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    std::size_t backslashes = 0;
    while (backslashes < text.size() && text[text.size() - 1 - backslashes] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

Replacement insertLines(const Document& document, const Place& place, const std::vector<KeyValue>& lines, bool ours) {
    const std::string& text = document.text();
    const std::string& end = document.style().lineEnd;
    const Looks looks = looksOf(document, place.model);
    // Behind a last line without a line end the new lines keep the file's habit of having none.
    const bool atEnd = place.offset > 0 && place.offset == text.size();
    const bool unfinished = atEnd && text.back() != '\n' && text.back() != '\r';
    std::string out;
    if (unfinished) out += end;
    if (atEnd && lastIsContinued(document)) {
        // Behind a lone CR an LF would only be the second half of the same line end.
        if (text.back() == '\r' && end.front() == '\n') out += end;
        out += end;
    }
    if (place.blankBefore) out += end;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out += lineText(looks, lines[i], ours);
        if (!unfinished || i + 1 < lines.size()) out += end;
    }
    if (place.blankAfter) out += end;
    return {{place.offset, place.offset}, std::move(out)};
}

Replacement replaceValue(const Document& document, const Entry& entry, std::string_view value) {
    std::string encoded = entry.ours ? encodeOurs(value) : encodeValue(value, !entry.separator);
    if (entry.valueRange.size() == 0) {
        const std::string& text = document.text();
        // An entry that stands nowhere in the text (an override) has no character before it.
        const char before = entry.valueRange.begin == 0 ? '\0' : text[entry.valueRange.begin - 1];
        if (!entry.separator) {
            encoded = " = " + encodeValue(value);
        } else if (before == '=' || before == ':') {
            const std::string& usual = document.style().separator;
            if (entry.ours || usual.back() == ' ') encoded.insert(0, " ");
        }
    }
    return {entry.valueRange, std::move(encoded)};
}

const Entry* lastEntry(const Document& document, std::string_view key, bool ours) {
    const auto found = document.find(key, ours);
    if (!found) return nullptr;
    const auto& entries = document.properties().entries;
    const auto at = std::ranges::lower_bound(entries, found->keyRange.begin, {},
                                             [](const Entry& entry) { return entry.keyRange.begin; });
    return &*at;
}

} // namespace millrace::topology
