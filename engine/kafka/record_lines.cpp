#include "kafka/record_lines.h"

#include "base/base64.h"
#include "base/utf8.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace millrace::kafka {

namespace {

constexpr std::string_view kMarks = "tpokKsSTh";

/// librdkafka gives a null value no address.
bool isNull(std::string_view value) {
    return value.data() == nullptr;
}

/// What `\c` stands for; nothing: there is no such escape.
std::optional<char> escapeOf(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '0':
        return '\0';
    case '\\':
        return '\\';
    default:
        return std::nullopt;
    }
}

void appendHeaders(std::string& out, const RecordBatch& batch, std::size_t index) {
    bool first = true;
    for (const auto& [name, value] : batch.headers(index)) {
        if (!std::exchange(first, false)) out += ',';
        out.append(name).append("=").append(value);
    }
}

void appendMark(std::string& out, char mark, const RecordBatch& batch, std::size_t index) {
    const InRecord record = batch[index];
    switch (mark) {
    case 't':
        out += record.topic;
        break;
    case 'p':
        out += std::to_string(record.partition);
        break;
    case 'o':
        out += std::to_string(record.offset);
        break;
    case 'T':
        out += std::to_string(record.timestampMs);
        break;
    case 'k':
        out += record.key.value_or(std::string_view());
        break;
    case 'K':
        out += record.key ? std::to_string(record.key->size()) : "-1";
        break;
    case 's':
        out += record.value;
        break;
    case 'S':
        out += isNull(record.value) ? "-1" : std::to_string(record.value.size());
        break;
    case 'h':
        appendHeaders(out, batch, index);
        break;
    default:
        break;
    }
}

std::string inQuotes(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void appendBytes(std::string& out, std::string_view name, std::string_view bytes) {
    const bool text = isUtf8(bytes);
    fmt::format_to(std::back_inserter(out), ",\"{}{}\":{}", name, text ? "" : "Base64",
                   text ? inQuotes(bytes) : inQuotes(toBase64(bytes)));
}

} // namespace

Result<RecordFormat> RecordFormat::parse(std::string_view text) {
    RecordFormat format;
    Piece piece;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '%' && c != '\\') {
            piece.literal += c;
            continue;
        }
        const char next = ++i < text.size() ? text[i] : ' ';
        if (c == '%' && kMarks.find(next) != std::string_view::npos) {
            piece.mark = next;
            format.pieces_.push_back(std::exchange(piece, {}));
        } else if (c == '%' && next == '%') {
            piece.literal += '%';
        } else if (const auto escape = c == '\\' ? escapeOf(next) : std::nullopt) {
            piece.literal += *escape;
        } else {
            return Error{ErrorCode::invalidArgument,
                         fmt::format("{:?} at character {}: there are %t %p %o %k %s %T %h %K %S %% and \\n \\r \\t "
                                     "\\0 \\\\",
                                     text.substr(i - 1, 2), i)};
        }
    }
    format.pieces_.push_back(std::move(piece));
    return format;
}

void RecordFormat::append(std::string& out, const RecordBatch& batch, std::size_t index) const {
    for (const Piece& piece : pieces_) {
        out += piece.literal;
        if (piece.mark != 0) appendMark(out, piece.mark, batch, index);
    }
}

void appendJson(std::string& out, const RecordBatch& batch, std::size_t index) {
    const InRecord record = batch[index];
    fmt::format_to(std::back_inserter(out),
                   "{{\"topic\":{},\"partition\":{},\"offset\":{},\"timestamp\":{},\"headers\":[",
                   inQuotes(record.topic), record.partition, record.offset, record.timestampMs);
    bool first = true;
    for (const auto& [name, value] : batch.headers(index)) {
        if (!std::exchange(first, false)) out += ',';
        out += '[' + inQuotes(validUtf8(name));
        out += "," + (isNull(value)   ? "null"
                      : isUtf8(value) ? inQuotes(value)
                                      : "{\"base64\":" + inQuotes(toBase64(value)) + "}");
        out += ']';
    }
    out += ']';
    if (record.key)
        appendBytes(out, "key", *record.key);
    else
        out += ",\"key\":null";
    if (isNull(record.value))
        out += ",\"value\":null";
    else
        appendBytes(out, "value", record.value);
    out += '}';
}

KeyedLine splitLine(std::string_view line, std::string_view separator) {
    const std::size_t at = separator.empty() ? std::string_view::npos : line.find(separator);
    if (at == std::string_view::npos) return {std::nullopt, line};
    return {line.substr(0, at), line.substr(at + separator.size())};
}

} // namespace millrace::kafka
