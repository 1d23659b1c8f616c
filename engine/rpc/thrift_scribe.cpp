#include "rpc/thrift_service.h"

#include <array>

namespace millrace::rpc {
namespace {

constexpr std::int16_t kMessages = 1;               // of the arguments
constexpr std::int16_t kCategory = 1, kMessage = 2; // of LogEntry

void categoryHeader(std::string_view encoded, const EventHeaders::Entry& entry) {
    entry("category", encoded);
}

void readLogEntry(ThriftReader& reader, EventSink& sink) {
    std::string_view category, message;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id == kCategory && field.type == ThriftType::binary)
            category = reader.readBinary();
        else if (field.id == kMessage && field.type == ThriftType::binary)
            message = reader.readBinary();
        else
            reader.skip(field);
    }
    if (!reader.failed()) sink.event(EventHeaders(category, &categoryHeader), message);
}

std::size_t readLog(ThriftReader& reader, EventSink& sink) {
    std::size_t events = 0;
    for (ThriftField field; reader.nextField(field);) {
        if (field.id != kMessages || field.type != ThriftType::list) {
            reader.skip(field);
            continue;
        }
        const ThriftList list = reader.readList();
        if (list.count > 0 && list.item != ThriftType::structure) reader.fail("a log of something else than entries");
        sink.expect(list.count, reader.left());
        for (std::size_t i = 0; i < list.count && !reader.failed(); ++i)
            readLogEntry(reader, sink);
        events += list.count;
    }
    return events;
}

/// ResultCode: OK or TRY_LATER.
std::int32_t resultCode(CallStatus status) {
    return status == CallStatus::ok ? 0 : 1;
}

constexpr std::array kScribeMethods{ThriftMethod{"Log", CallKind::batch, &readLog, &resultCode}};

} // namespace

ThriftService scribeThriftService() {
    return kScribeMethods;
}

} // namespace millrace::rpc
