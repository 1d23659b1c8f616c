#include "inspector/text_map.h"

#include <QStringDecoder>

#include <algorithm>

namespace millrace::studio {

namespace {

bool isComment(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\f");
    return first != std::string_view::npos && (line[first] == '#' || line[first] == '!');
}

bool continues(std::string_view line) {
    std::size_t slashes = 0;
    while (slashes < line.size() && line[line.size() - 1 - slashes] == '\\')
        ++slashes;
    return slashes % 2 == 1;
}

bool isUtf8(std::string_view bytes) {
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return !decoder.hasError() && !decoded.contains(QChar(0));
}

/// `\uXXXX` at `at` (the backslash) with a character beyond ASCII, or 0.
char16_t escaped(std::string_view bytes, std::size_t at) {
    if (at + 6 > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u') return 0;
    bool good = false;
    const uint code = QByteArray(bytes.data() + at + 2, 4).toUInt(&good, 16);
    // What an editor would take for a line end stays an escape.
    const bool breaks = code == 0x2028 || code == 0x2029 || code == 0xfdd0 || code == 0xfdd1 || code == 0x85;
    return good && code >= 0xa0 && !breaks ? static_cast<char16_t>(code) : 0;
}

std::string encoded(QStringView text, bool value) {
    if (!value) return text.toUtf8().toStdString();
    std::string bytes;
    for (const QChar c : text) {
        if (c.unicode() < 0x80)
            bytes += static_cast<char>(c.unicode());
        else
            bytes += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0')).toStdString();
    }
    return bytes;
}

} // namespace

TextMap::TextMap(std::string_view bytes) {
    std::size_t begin = 0;
    bool continued = false;
    while (true) {
        const std::size_t end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
        const std::string_view line = bytes.substr(begin, end - begin);
        const bool value = continued || !isComment(line);
        addLine(line, begin, value);
        continued = value && continues(line);
        if (end == bytes.size()) return;
        begin = end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1);
    }
}

void TextMap::addLine(std::string_view bytes, std::size_t begin, bool value) {
    Line line{begin, {}, value};
    QString shown;
    const bool utf8 = isUtf8(bytes);
    for (std::size_t at = 0; at < bytes.size();) {
        const auto start = static_cast<std::uint32_t>(at);
        const auto byte = static_cast<unsigned char>(bytes[at]);
        if (value && byte == '\\') {
            if (const char16_t code = escaped(bytes, at)) {
                shown += QChar(code);
                at += 6;
            } else {
                // An escaped backslash goes with its partner, so that `\\u4e2d` is not taken for an escape.
                const std::size_t length = at + 1 < bytes.size() && bytes[at + 1] == '\\' ? 2 : 1;
                for (std::size_t i = 0; i < length; ++i)
                    shown += QLatin1Char('\\');
                if (length == 2) line.byteOf.push_back(start);
                at += length;
                line.byteOf.push_back(static_cast<std::uint32_t>(at - 1));
                continue;
            }
        } else if (utf8 && byte >= 0x80) {
            const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            const QString piece = QString::fromUtf8(bytes.data() + at, static_cast<qsizetype>(length));
            shown += piece;
            for (qsizetype i = 1; i < piece.size(); ++i)
                line.byteOf.push_back(start);
            at += length;
        } else {
            shown += QLatin1Char(static_cast<char>(byte));
            ++at;
        }
        line.byteOf.push_back(start);
    }
    line.byteOf.push_back(static_cast<std::uint32_t>(bytes.size()));
    lines_.push_back(std::move(line));
    shown_.append(shown);
}

std::size_t TextMap::offsetOf(Place place) const {
    const Line& line = lines_[static_cast<std::size_t>(std::clamp(place.line, 0, static_cast<int>(lines_.size()) - 1))];
    const int column = std::clamp(place.column, 0, static_cast<int>(line.byteOf.size()) - 1);
    return line.begin + line.byteOf[static_cast<std::size_t>(column)];
}

TextMap::Place TextMap::placeOf(std::size_t offset) const {
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset,
                                        [](std::size_t wanted, const Line& line) { return wanted < line.begin; });
    const Line& line = after == lines_.begin() ? *after : *std::prev(after);
    const auto inLine = static_cast<std::uint32_t>(std::min<std::size_t>(offset - line.begin, line.byteOf.back()));
    const auto column = std::lower_bound(line.byteOf.begin(), line.byteOf.end(), inLine);
    return {static_cast<int>(&line - lines_.data()), static_cast<int>(column - line.byteOf.begin())};
}

topology::Edit TextMap::editTo(const QList<QString>& wanted, const std::string& lineEnd) const {
    qsizetype head = 0, tail = 0;
    const qsizetype most = std::min(shown_.size(), wanted.size());
    while (head < most && shown_[head] == wanted[head])
        ++head;
    if (head == shown_.size() && head == wanted.size()) return {};
    while (tail < most - head && shown_[shown_.size() - 1 - tail] == wanted[wanted.size() - 1 - tail])
        ++tail;
    // At least one line on either side differs, or lines were only added or removed: then a neighbour is taken along,
    // so that the line ends between are part of the edit.
    if (head + tail >= most) {
        if (head > 0)
            --head;
        else if (tail > 0)
            --tail;
    }
    const qsizetype lastOld = shown_.size() - 1 - tail, lastNew = wanted.size() - 1 - tail;
    const QString &firstOldText = shown_[head], &firstNewText = wanted[head];
    const QString &lastOldText = shown_[lastOld], &lastNewText = wanted[lastNew];
    const bool oneOld = head == lastOld, oneNew = head == lastNew;
    qsizetype prefix = 0;
    while (prefix < std::min(firstOldText.size(), firstNewText.size()) && firstOldText[prefix] == firstNewText[prefix])
        ++prefix;
    if (prefix > 0 && firstOldText[prefix - 1].isHighSurrogate()) --prefix;
    const qsizetype oldRest = lastOldText.size() - (oneOld ? prefix : 0),
                    newRest = lastNewText.size() - (oneNew ? prefix : 0);
    qsizetype suffix = 0;
    while (suffix < std::min(oldRest, newRest) &&
           lastOldText[lastOldText.size() - 1 - suffix] == lastNewText[lastNewText.size() - 1 - suffix])
        ++suffix;
    if (suffix > 0 && lastOldText[lastOldText.size() - suffix].isLowSurrogate()) --suffix;

    topology::Replacement replacement;
    replacement.range = {offsetOf({static_cast<int>(head), static_cast<int>(prefix)}),
                         offsetOf({static_cast<int>(lastOld), static_cast<int>(lastOldText.size() - suffix)})};
    for (qsizetype i = head; i <= lastNew; ++i) {
        const qsizetype from = i == head ? prefix : 0;
        const qsizetype to = wanted[i].size() - (i == lastNew ? suffix : 0);
        const bool continuation =
            i == head && lines_[static_cast<std::size_t>(head)].value && !isComment(shown_[head].toStdString());
        const bool value = continuation || !isComment(wanted[i].toStdString());
        if (i > head) replacement.text += lineEnd;
        replacement.text += encoded(QStringView(wanted[i]).mid(from, to - from), value);
    }
    return {{replacement}, {}};
}

} // namespace millrace::studio
