#pragma once

#include "base/result.h"
#include "rpc/avro_reader.h"
#include "rpc/avro_writer.h"
#include "rpc/event_sink.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace millrace::rpc {

/// An event's headers as they lie in their message, checked but not copied.
class AvroHeaders {
public:
    AvroHeaders() = default;
    /// `encoded` is a whole Avro map of strings.
    explicit AvroHeaders(std::string_view encoded) : encoded_(encoded) {}

    std::string_view encoded() const { return encoded_; }
    bool empty() const { return encoded_.size() <= 1; }
    /// Calls fn(key, value) for each entry, in the order of the message. A key may repeat: the last one counts.
    template <typename Fn>
    void forEach(Fn fn) const {
        AvroReader reader({reinterpret_cast<const std::uint8_t*>(encoded_.data()), encoded_.size()});
        while (std::size_t count = reader.readBlock(AvroReader::kLeastMapEntryBytes))
            for (; count > 0; --count) {
                const std::string_view key = reader.readBytes();
                fn(key, reader.readBytes());
            }
    }

private:
    std::string_view encoded_;
};

/// `AvroFlumeEvent {headers: map<string>, body: bytes}` in bare binary form: inside RPC calls, in the blocks of an
/// AVRO_EVENT file, and alone as the value of a Kafka record (useFlumeEventFormat, parseAsFlumeEvent).
template <typename Buffer>
void encodeAvroEvent(EventHeaderList headers, std::string_view body, Buffer& out) {
    AvroWriter writer(out);
    if (!headers.empty()) {
        writer.writeLong(static_cast<std::int64_t>(headers.size()));
        for (const auto& [key, value] : headers) {
            writer.writeBytes(key);
            writer.writeBytes(value);
        }
    }
    writer.writeLong(0);
    writer.writeBytes(body);
}

/// An event as it lies in its message.
struct AvroEvent {
    AvroHeaders headers;
    std::string_view body;
};
/// The event at the beginning of `datum`. What lies behind it is not looked at, as in Flume.
Result<AvroEvent> decodeAvroEvent(std::string_view datum);

/// One event, or an array of them, at the reader's place. On an error the sink may have got some of the events.
void readAvroEvent(AvroReader& reader, EventSink& sink);
std::size_t readAvroEvents(AvroReader& reader, EventSink& sink);

} // namespace millrace::rpc
