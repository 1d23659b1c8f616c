#include "rpc/avro_event.h"

namespace millrace::rpc {

/// An empty map and an empty body.
constexpr std::size_t kLeastEventBytes = 2;

static void avroEntries(std::string_view encoded, const EventHeaders::Entry& entry) {
    AvroHeaders(encoded).forEach(entry);
}

void readAvroEvent(AvroReader& reader, EventSink& sink) {
    const EventHeaders headers(reader.readMap(kMostEventHeaders), &avroEntries);
    const std::string_view body = reader.readBytes();
    if (!reader.failed()) sink.event(headers, body);
}

std::size_t readAvroEvents(AvroReader& reader, EventSink& sink) {
    std::size_t total = 0;
    while (const std::size_t count = reader.readBlock(kLeastEventBytes)) {
        sink.expect(count, reader.left());
        for (std::size_t i = 0; i < count && !reader.failed(); ++i)
            readAvroEvent(reader, sink);
        total += count;
    }
    return total;
}

Result<AvroEvent> decodeAvroEvent(std::string_view datum) {
    AvroReader reader({reinterpret_cast<const std::uint8_t*>(datum.data()), datum.size()});
    const AvroHeaders headers(reader.readMap());
    const std::string_view body = reader.readBytes();
    MILLRACE_TRY(reader.status());
    return AvroEvent{headers, body};
}

} // namespace millrace::rpc
