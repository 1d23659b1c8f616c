#include "rpc/thrift_service.h"
#include "rpc/thrift_text_map.h"

#include <array>
#include <optional>

namespace millrace::rpc {
namespace {

constexpr std::int16_t kEventHeaders = 1, kEventBody = 2; // of ThriftFlumeEvent
constexpr std::int16_t kCallEvents = 1;                   // of the arguments, event or events
constexpr std::size_t kLeastEventBytes = 5;               // two fields and the end, in the compact protocol

void readThriftEvent(ThriftReader& reader, EventSink& sink) {
    std::optional<std::string_view> headers, body;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id == kEventHeaders && field.type == ThriftType::map)
            headers = reader.readTextMap(kMostEventHeaders);
        else if (field.id == kEventBody && field.type == ThriftType::binary)
            body = reader.readBinary();
        else
            reader.skip(field);
    }
    if (!headers) return reader.fail("an event without the field headers");
    if (!body) return reader.fail("an event without the field body");
    if (!reader.failed()) sink.event(EventHeaders(*headers, thriftTextMap(reader.protocol())), *body);
}

std::size_t readAppend(ThriftReader& reader, EventSink& sink) {
    std::size_t events = 0;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id != kCallEvents || field.type != ThriftType::structure) {
            reader.skip(field);
            continue;
        }
        readThriftEvent(reader, sink);
        ++events;
    }
    return events;
}

std::size_t readAppendBatch(ThriftReader& reader, EventSink& sink) {
    std::size_t events = 0;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id != kCallEvents || field.type != ThriftType::list) {
            reader.skip(field);
            continue;
        }
        const ThriftList list = reader.readList(kLeastEventBytes);
        if (list.count > 0 && list.item != ThriftType::structure) reader.fail("a batch of something else than events");
        sink.expect(list.count, reader.left());
        for (std::size_t i = 0; i < list.count && !reader.failed(); ++i)
            readThriftEvent(reader, sink);
        events += list.count;
    }
    return events;
}

/// org.apache.flume.thrift.Status, in whose order ours is.
std::int32_t statusNumber(CallStatus status) {
    return static_cast<std::int32_t>(status);
}

constexpr std::array kFlumeMethods{
    ThriftMethod{"append", CallKind::single, &readAppend, &statusNumber},
    ThriftMethod{"appendBatch", CallKind::batch, &readAppendBatch, &statusNumber},
};

} // namespace

ThriftService flumeThriftService() {
    return kFlumeMethods;
}

} // namespace millrace::rpc
