#pragma once

#include "base/result.h"
#include "kafka/record_batch.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::kafka {

/// How records are written for people and scripts: literal text with marks as kcat has them. %t topic, %p partition,
/// %o offset, %k key, %s value, %T timestamp in ms, %h headers ("a=1,b=2"), %K and %S the lengths of key and value (-1:
/// null), %% a percent sign; \n \r \t \\ \0 as in C.
class RecordFormat {
public:
    /// Error: what there is no mark or escape for, and where.
    static Result<RecordFormat> parse(std::string_view text);
    void append(std::string& out, const RecordBatch& batch, std::size_t index) const;

private:
    struct Piece {
        std::string literal;
        char mark = 0; ///< behind the literal; 0: none
    };
    std::vector<Piece> pieces_;
};

/// {"topic":…,"partition":…,"offset":…,"timestamp":…,"headers":[["a","1"]],"key":…,"value":…}: one line without its
/// end. What is no UTF-8 is written in base 64, as "valueBase64"; what is null as null.
void appendJson(std::string& out, const RecordBatch& batch, std::size_t index);

/// A line that producers send as one record: with a separator the key stands before the first one.
struct KeyedLine {
    std::optional<std::string_view> key; ///< absent: the line has none
    std::string_view value;
};
KeyedLine splitLine(std::string_view line, std::string_view separator);

} // namespace millrace::kafka
