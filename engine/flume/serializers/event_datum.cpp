#include "flume/serializers/event_datum.h"

#include <optional>

namespace millrace::flume {
namespace {

constexpr int kLongestVarint = 10;

Error broken(const char* what) {
    return {ErrorCode::corrupt, std::string("not a Flume event in Avro form: ") + what, false};
}

class Cursor {
public:
    explicit Cursor(std::string_view data) : data_(data) {}

    std::optional<std::int64_t> number() {
        std::uint64_t raw = 0;
        for (int i = 0; i < kLongestVarint && !data_.empty(); ++i) {
            const auto byte = static_cast<std::uint8_t>(data_.front());
            data_.remove_prefix(1);
            raw |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
            if ((byte & 0x80) == 0) return static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1);
        }
        return {};
    }
    std::optional<std::string_view> text() {
        const auto length = number();
        if (!length || *length < 0 || static_cast<std::uint64_t>(*length) > data_.size()) return {};
        const auto piece = data_.substr(0, static_cast<std::size_t>(*length));
        data_.remove_prefix(piece.size());
        return piece;
    }
    std::size_t left() const { return data_.size(); }

private:
    std::string_view data_;
};

Status readHeaders(Cursor& cursor, std::vector<std::pair<std::string, std::string>>& headers) {
    for (;;) {
        auto count = cursor.number();
        if (!count) return broken("the header count is cut off");
        if (*count == 0) return ok();
        if (*count < 0) { // the block says its size in bytes too
            if (!cursor.number()) return broken("a header block is cut off");
            count = *count == INT64_MIN ? INT64_MAX : -*count;
        }
        // A header needs two bytes at least.
        if (static_cast<std::uint64_t>(*count) > cursor.left() / 2) return broken("more headers than bytes");
        for (std::int64_t i = 0; i < *count; ++i) {
            const auto name = cursor.text();
            const auto value = name ? cursor.text() : std::nullopt;
            if (!value) return broken("a header is cut off");
            headers.emplace_back(*name, *value);
        }
    }
}

} // namespace

void appendAvroLong(std::int64_t value, std::string& out) {
    auto raw = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    while (raw >= 0x80) {
        out.push_back(static_cast<char>(raw | 0x80));
        raw >>= 7;
    }
    out.push_back(static_cast<char>(raw));
}

void appendAvroText(std::string_view text, std::string& out) {
    appendAvroLong(static_cast<std::int64_t>(text.size()), out);
    out += text;
}

void appendEventDatum(const HeaderSet& headers, std::string_view body, std::string& out) {
    if (!headers.empty()) {
        appendAvroLong(static_cast<std::int64_t>(headers.size()), out);
        for (const auto& [name, value] : headers.entries()) {
            appendAvroText(name, out);
            appendAvroText(value, out);
        }
    }
    appendAvroLong(0, out);
    appendAvroText(body, out);
}

Result<EventDatum> readEventDatum(std::string_view data) {
    Cursor cursor(data);
    std::vector<std::pair<std::string, std::string>> headers;
    MILLRACE_TRY(readHeaders(cursor, headers));
    const auto body = cursor.text();
    if (!body) return broken("the body is cut off");
    return EventDatum{HeaderSet(std::move(headers)), *body};
}

} // namespace millrace::flume
