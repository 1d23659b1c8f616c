#pragma once

#include "base/result.h"
#include "flume/event_batch.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// Avro's binary form of {headers: map<string>, body: bytes}: what Flume writes to Kafka with useFlumeEventFormat and
/// what an AVRO_EVENT file holds between its sync markers. No schema, no length in front.
void appendEventDatum(const HeaderSet& headers, std::string_view body, std::string& out);

struct EventDatum {
    HeaderSet headers;
    std::string_view body; ///< a view into what was decoded
};
/// Counts and lengths are checked against the bytes that are there before anything is allocated.
Result<EventDatum> readEventDatum(std::string_view data);

/// Avro's long: zig-zag, seven bits a byte.
void appendAvroLong(std::int64_t value, std::string& out);
void appendAvroText(std::string_view text, std::string& out);

} // namespace millrace::flume
