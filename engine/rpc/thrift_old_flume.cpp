#include "rpc/old_flume_event.h"
#include "rpc/thrift_service.h"
#include "rpc/thrift_text_map.h"

#include <array>

namespace millrace::rpc {
namespace {

constexpr ThriftProtocol kProtocol = ThriftProtocol::binary; // the only one of these agents

enum Field : std::int16_t { kTimestamp = 1, kPriority = 2, kBody = 3, kNanos = 4, kHost = 5, kFields = 6 };

struct ReadEvent {
    OldFlumeEvent event;
    std::string_view body;
    std::string_view fields; ///< an encoded map, or empty
};

/// One of the six fields into `read`; false when it is something else.
bool readKnown(ThriftReader& reader, const ThriftField& field, ReadEvent& read) {
    const auto is = [&](Field id, ThriftType type) { return field.id == id && field.type == type; };
    if (is(kTimestamp, ThriftType::int64))
        read.event.timestamp = reader.readInt64();
    else if (is(kPriority, ThriftType::int32))
        read.event.priority = reader.readInt32();
    else if (is(kBody, ThriftType::binary))
        read.body = reader.readBinary();
    else if (is(kNanos, ThriftType::int64))
        read.event.nanos = reader.readInt64();
    else if (is(kHost, ThriftType::binary))
        read.event.host = reader.readBinary();
    else if (is(kFields, ThriftType::map))
        read.fields = reader.readTextMap(kMostEventHeaders);
    else
        return false;
    return true;
}

ReadEvent readOldEvent(ThriftReader& reader) {
    ReadEvent read;
    for (ThriftField field; reader.nextField(field);)
        if (!readKnown(reader, field, read)) reader.skip(field);
    return read;
}

/// The encoding of the headers is the whole event.
void eventHeaders(std::string_view encoded, const EventHeaders::Entry& entry) {
    ThriftReader reader({reinterpret_cast<const std::uint8_t*>(encoded.data()), encoded.size()}, kProtocol);
    const ReadEvent read = readOldEvent(reader);
    oldFlumeHeaders(read.event, entry);
    if (!read.fields.empty()) thriftTextMap(kProtocol)(read.fields, entry);
    oldFlumeMark(entry);
}

std::size_t readOldAppend(ThriftReader& reader, EventSink& sink) {
    std::size_t events = 0;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id != 1 || field.type != ThriftType::structure) {
            reader.skip(field);
            continue;
        }
        const std::string_view before = reader.rest();
        const ReadEvent read = readOldEvent(reader);
        const std::string_view encoded = before.substr(0, before.size() - reader.left());
        if (reader.failed()) return 0;
        sink.event(EventHeaders(encoded, &eventHeaders), read.body);
        ++events;
    }
    return events;
}

std::size_t readOldClose(ThriftReader& reader, EventSink&) {
    for (ThriftField field; reader.nextField(field);)
        reader.skip(field);
    return 0;
}

constexpr std::array kOldFlumeMethods{
    ThriftMethod{"append", CallKind::single, &readOldAppend, nullptr, true},
    ThriftMethod{"close", CallKind::single, &readOldClose, nullptr},
};

} // namespace

ThriftService oldFlumeThriftService() {
    return kOldFlumeMethods;
}

} // namespace millrace::rpc
