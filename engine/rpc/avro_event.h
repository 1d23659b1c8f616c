#pragma once

#include "base/result.h"
#include "rpc/avro_reader.h"
#include "rpc/avro_writer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace millrace::rpc {

/// An event's headers as they came, checked but not copied: a view into the message. Equal encodings are equal headers
/// (the reverse does not hold: a map has no order), so a sink can reuse what it made of the event before.
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

/// Where decoded events go, one call each in the order of the batch. The views hold during the call only.
class AvroEventSink {
public:
    virtual ~AvroEventSink() = default;
    /// Before the events of a block: how many will come and at most how many bytes of bodies in all.
    virtual void expect(std::size_t events, std::size_t bytes) { (void)events, (void)bytes; }
    virtual void event(const AvroHeaders& headers, std::string_view body) = 0;
};

/// Headers on their way out: unordered, keys unique.
using AvroHeaderList = std::span<const std::pair<std::string, std::string>>;

/// `AvroFlumeEvent {headers: map<string>, body: bytes}` in bare binary form: inside RPC calls, in the blocks of an
/// AVRO_EVENT file, and alone as the value of a Kafka record (useFlumeEventFormat, parseAsFlumeEvent).
template <typename Buffer>
void encodeAvroEvent(AvroHeaderList headers, std::string_view body, Buffer& out) {
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

/// An event from a peer with more is refused: each costs work on the loop and with every interceptor.
inline constexpr std::size_t kMostAvroHeaders = 10'000;

/// One event, or an array of them, at the reader's place. On an error the sink may have got some of the events.
void readAvroEvent(AvroReader& reader, AvroEventSink& sink);
std::size_t readAvroEvents(AvroReader& reader, AvroEventSink& sink);

} // namespace millrace::rpc
