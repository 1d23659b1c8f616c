#include "flume/sinks/hbase_rows.h"

#include "base/base64.h"

#include <fmt/core.h>

namespace millrace::flume {

void HbaseSerializer::add(const HeaderSet& headers, std::string_view body, std::string& out) {
    HbaseWrites writes;
    write(headers, body, writes);
    out += hbaseRowsJson(writes.rows, {});
}

std::string hbaseRowsJson(const std::vector<HbaseWrites::Row>& rows, std::string_view family) {
    std::string text = "{\"Row\":[";
    for (const HbaseWrites::Row& row : rows) {
        text += fmt::format("{}{{\"key\":\"{}\",\"Cell\":[", &row == &rows.front() ? "" : ",", toBase64(row.key));
        bool first = true;
        for (const auto& [qualifier, value] : row.cells) {
            const std::string column = fmt::format("{}:{}", family, qualifier);
            text += fmt::format("{}{{\"column\":\"{}\",\"$\":\"{}\"}}", first ? "" : ",", toBase64(column),
                                toBase64(value));
            first = false;
        }
        text += "]}";
    }
    return text + "]}";
}

std::string pathSegment(std::string_view text) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string segment;
    for (const char c : text)
        segment += kPlain.find(c) != std::string_view::npos ? std::string(1, c)
                                                            : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return segment;
}

} // namespace millrace::flume
