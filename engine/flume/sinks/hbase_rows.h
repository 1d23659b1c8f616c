#pragma once

#include "flume/event_serializer.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::flume {

/// What events become in a table of HBase: cells of rows, by qualifier, and counters that are raised, by row and
/// qualifier.
struct HbaseWrites {
    struct Row {
        std::string key;
        std::vector<std::pair<std::string, std::string>> cells;
    };
    std::vector<Row> rows;
    std::map<std::pair<std::string, std::string>, std::int64_t> increments;
};

/// Turns events into rows and counters (org.apache.flume.sink.hbase.HbaseEventSerializer).
class HbaseSerializer : public EventSerializer {
public:
    virtual void write(const HeaderSet& headers, std::string_view body, HbaseWrites& writes) = 0;
    /// As a file it is what the gateway would be sent, without a column family.
    void add(const HeaderSet& headers, std::string_view body, std::string& out) final;
};

/// What HBase's REST gateway reads at /table/row: {"Row": [{"key": …, "Cell": [{"column": …, "$": …}]}]}, all values
/// in base64.
std::string hbaseRowsJson(const std::vector<HbaseWrites::Row>& rows, std::string_view family);

/// A segment of a path (RFC 3986 §3.3): what means something there is written %XX.
std::string pathSegment(std::string_view text);

} // namespace millrace::flume
