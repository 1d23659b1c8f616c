#include "rpc/avro_event.h"

#include "rpc/avro_writer.h"

namespace millrace::rpc {

/// An empty map and an empty body.
constexpr std::size_t kLeastEventBytes = 2;

void encodeAvroEvent(AvroHeaderList headers, std::string_view body, std::vector<std::uint8_t>& out) {
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

void readAvroEvent(AvroReader& reader, AvroEventSink& sink) {
    const AvroHeaders headers(reader.readMap());
    const std::string_view body = reader.readBytes();
    if (!reader.failed()) sink.event(headers, body);
}

std::size_t readAvroEvents(AvroReader& reader, AvroEventSink& sink) {
    std::size_t total = 0;
    while (const std::size_t count = reader.readBlock(kLeastEventBytes)) {
        sink.expect(count, reader.left());
        for (std::size_t i = 0; i < count && !reader.failed(); ++i)
            readAvroEvent(reader, sink);
        total += count;
    }
    return total;
}

Status decodeAvroEvent(std::span<const std::uint8_t> datum, AvroEventSink& sink) {
    AvroReader reader(datum);
    const AvroHeaders headers(reader.readMap());
    const std::string_view body = reader.readBytes();
    if (!reader.failed() && reader.left() > 0) reader.fail("bytes behind the end of an event");
    MILLRACE_TRY(reader.status());
    sink.event(headers, body);
    return ok();
}

} // namespace millrace::rpc
