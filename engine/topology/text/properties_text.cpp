#include "topology/text/properties_text.h"

#include "topology/text/escapes.h"

#include <algorithm>

namespace millrace::topology {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
}
bool isLineEnd(char c) {
    return c == '\n' || c == '\r';
}

/// The characters of one logical line, joined over continuations, and where each came from.
struct LogicalLine {
    struct Piece {
        std::size_t at;     ///< index in `characters`
        std::size_t offset; ///< in the file
    };
    std::string joined; ///< used only when there is a continuation
    std::string_view characters;
    std::vector<Piece> pieces;
    std::size_t begin = 0; ///< of the first physical line
    std::size_t end = 0;   ///< with the line end of the last one

    std::size_t offsetOf(std::size_t index) const {
        auto piece = std::upper_bound(pieces.begin(), pieces.end(), index,
                                      [](std::size_t value, const Piece& p) { return value < p.at; });
        --piece;
        return piece->offset + (index - piece->at);
    }
    std::size_t endOffset(std::size_t index) const { return index == 0 ? offsetOf(0) : offsetOf(index - 1) + 1; }
};

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    PropertiesText run() {
        out_.byteOrderMark = text_.starts_with("\xEF\xBB\xBF");
        findLines();
        out_.entries.reserve(out_.lineStarts.size());
        while (position_ < text_.size())
            natural();
        return std::move(out_);
    }

private:
    void findLines() {
        out_.lineStarts.reserve(text_.size() / 40 + 8);
        out_.lineStarts.push_back(0);
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n') ++i;
            if (isLineEnd(text_[i])) out_.lineStarts.push_back(i + 1);
        }
    }

    std::size_t pastBlanks(std::size_t at) const {
        while (at < text_.size() && isBlank(text_[at]))
            ++at;
        return at;
    }
    std::size_t toLineEnd(std::size_t at) const {
        while (at < text_.size() && !isLineEnd(text_[at]))
            ++at;
        return at;
    }
    std::size_t pastLineEnd(std::size_t at) const {
        if (at < text_.size() && text_[at] == '\r') {
            return at + 1 < text_.size() && text_[at + 1] == '\n' ? at + 2 : at + 1;
        }
        return at < text_.size() ? at + 1 : at;
    }

    /// One natural line: blank, comment, or the beginning of a logical line.
    void natural() {
        const std::size_t begin = position_;
        const std::size_t first = pastBlanks(begin);
        if (first == text_.size() || isLineEnd(text_[first])) {
            position_ = pastLineEnd(first);
            return;
        }
        if (text_[first] == '#' || text_[first] == '!') {
            const std::size_t contentEnd = toLineEnd(first);
            position_ = pastLineEnd(contentEnd);
            const std::string_view comment = text_.substr(first, contentEnd - first);
            if (comment.size() > 2 && comment[1] == '@' && comment[0] == '#' &&
                (comment[2] == ' ' || comment[2] == '\t')) {
                ours(begin, first + 2, contentEnd);
            }
            return;
        }
        LogicalLine& line = logical(begin, first);
        if (!line.characters.empty()) property(line);
    }

    LogicalLine& logical(std::size_t begin, std::size_t first) {
        LogicalLine& line = line_;
        line.joined.clear();
        line.pieces.clear();
        line.begin = begin;
        std::size_t at = first;
        while (true) {
            const std::size_t contentEnd = toLineEnd(at);
            std::string_view part = text_.substr(at, contentEnd - at);
            std::size_t backslashes = 0;
            while (backslashes < part.size() && part[part.size() - 1 - backslashes] == '\\')
                ++backslashes;
            const bool continued = backslashes % 2 == 1;
            line.pieces.push_back({line.joined.size(), at});
            line.end = position_ = pastLineEnd(contentEnd);
            if (!continued && line.pieces.size() == 1) {
                line.characters = part;
                return line;
            }
            if (continued) part.remove_suffix(1);
            line.joined += part;
            // A continuation that holds nothing so far is a blank line to Java: what follows it starts afresh.
            if (!continued || position_ == text_.size() || line.joined.empty()) {
                line.characters = line.joined;
                return line;
            }
            at = pastBlanks(position_);
            if (at == text_.size()) {
                line.end = position_ = at;
                line.characters = line.joined;
                return line;
            }
        }
    }

    struct Split {
        std::size_t keyEnd, valueBegin;
        bool separator;
    };
    static Split split(std::string_view c) {
        Split at{0, c.size(), false};
        bool escaped = false;
        for (; at.keyEnd < c.size(); ++at.keyEnd) {
            const char now = c[at.keyEnd];
            if (!escaped && (now == '=' || now == ':' || isBlank(now))) {
                at.separator = !isBlank(now);
                at.valueBegin = at.keyEnd + 1;
                break;
            }
            escaped = now == '\\' && !escaped;
        }
        for (; at.valueBegin < c.size(); ++at.valueBegin) {
            const char now = c[at.valueBegin];
            if (isBlank(now)) continue;
            if (at.separator || (now != '=' && now != ':')) break;
            at.separator = true;
        }
        return at;
    }

    void property(const LogicalLine& line) {
        const std::string_view c = line.characters;
        const Split at = split(c);
        Entry entry;
        entry.separator = at.separator;
        entry.lines = {line.begin, line.end};
        entry.line = lineFrom(line.pieces.front().offset);
        entry.keyRange = {line.offsetOf(0), line.endOffset(at.keyEnd)};
        const std::size_t valueEnd = endWithoutBlanks(c, at.valueBegin);
        // Behind the separator, not at the end: there may be a backslash that continues the line.
        const std::size_t empty = line.endOffset(at.valueBegin);
        entry.valueRange = valueEnd > at.valueBegin ? TextRange{line.offsetOf(at.valueBegin), line.endOffset(valueEnd)}
                                                    : TextRange{empty, empty};
        decode(line, 0, at.keyEnd, entry.key, entry);
        decode(line, at.valueBegin, c.size(), entry.value, entry);
        entry.highBytes = std::any_of(c.begin() + static_cast<std::ptrdiff_t>(at.valueBegin), c.end(),
                                      [](char x) { return (x & 0x80) != 0; });
        out_.entries.push_back(std::move(entry));
    }

    /// End of the value without blanks behind it; an escaped blank belongs to the raw value.
    static std::size_t endWithoutBlanks(std::string_view c, std::size_t begin) {
        std::size_t end = c.size();
        while (end > begin && static_cast<unsigned char>(c[end - 1]) <= ' ') {
            std::size_t backslashes = 0;
            while (end - 1 - backslashes > begin && c[end - 2 - backslashes] == '\\')
                ++backslashes;
            if (backslashes % 2 == 1) break;
            --end;
        }
        return end;
    }

    void decode(const LogicalLine& line, std::size_t begin, std::size_t end, std::string& into, Entry& entry) const {
        DecodeNotes notes;
        into = decodeProperties(line.characters.substr(begin, end - begin), &notes);
        if (notes.droppedBackslash != std::string::npos && entry.droppedBackslash == std::string::npos) {
            entry.droppedBackslash = line.offsetOf(begin + notes.droppedBackslash);
        }
        if (notes.malformedEscape != std::string::npos && entry.malformedEscape == std::string::npos) {
            entry.malformedEscape = line.offsetOf(begin + notes.malformedEscape);
        }
        trimInPlace(into);
    }

    void ours(std::size_t lineBegin, std::size_t begin, std::size_t end) {
        const std::string_view body = text_.substr(begin, end - begin);
        const std::size_t equals = body.find('=');
        if (equals == std::string_view::npos) {
            out_.unreadableOurs.push_back({begin - 2, end});
            return;
        }
        Entry entry;
        entry.ours = entry.separator = true;
        entry.lines = {lineBegin, position_};
        entry.line = lineFrom(lineBegin);
        entry.key = std::string(trimmed(body.substr(0, equals)));
        const std::string_view value = trimmed(body.substr(equals + 1));
        DecodeNotes notes;
        entry.value = decodeOurs(value, &notes);
        entry.keyRange = rangeOf(entry.key.empty() ? body.substr(0, 0) : trimmed(body.substr(0, equals)));
        entry.valueRange = value.empty() ? TextRange{end, end} : rangeOf(value);
        if (notes.malformedEscape != std::string::npos) {
            entry.malformedEscape = entry.valueRange.begin + notes.malformedEscape;
        }
        out_.entries.push_back(std::move(entry));
    }

    TextRange rangeOf(std::string_view part) const {
        const auto begin = static_cast<std::size_t>(part.data() - text_.data());
        return {begin, begin + part.size()};
    }

    /// Entries come in rising order, so the line is found by walking on.
    int lineFrom(std::size_t offset) {
        while (lineNumber_ < out_.lineStarts.size() && out_.lineStarts[lineNumber_] <= offset)
            ++lineNumber_;
        return static_cast<int>(lineNumber_);
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t lineNumber_ = 1;
    LogicalLine line_;
    PropertiesText out_;
};

} // namespace

PropertiesText PropertiesText::parse(std::string_view text) {
    return Lexer(text).run();
}

int PropertiesText::lineOf(std::size_t offset) const {
    const auto after = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
    return static_cast<int>(after - lineStarts.begin());
}

} // namespace millrace::topology
