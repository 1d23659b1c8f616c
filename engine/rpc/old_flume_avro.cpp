#include "rpc/old_flume_avro.h"

#include "base/big_endian.h"
#include "rpc/avro_event.h"
#include "rpc/old_flume_event.h"

#include <fmt/core.h>

namespace millrace::rpc {
namespace avro {

std::string_view oldFlumeText() {
    return R"({"protocol":"FlumeOGEventAvroServer","namespace":"com.cloudera.flume.handlers.avro","types":[)"
           R"({"type":"enum","name":"Priority","symbols":["FATAL","ERROR","WARN","INFO","DEBUG","TRACE"]},)"
           R"({"type":"record","name":"AvroFlumeOGEvent","fields":[{"name":"timestamp","type":"long"},)"
           R"({"name":"priority","type":"Priority"},{"name":"body","type":"bytes"},{"name":"nanos","type":"long"},)"
           R"({"name":"host","type":"string"},{"name":"fields","type":{"type":"map","values":"bytes"}}]}],)"
           R"("messages":{"append":{"request":[{"name":"evt","type":"AvroFlumeOGEvent"}],"response":"null"}}})";
}

AvroHash oldFlumeHash() {
    return {0x47, 0xfd, 0x3a, 0x2e, 0x23, 0x6f, 0xb7, 0xe9, 0x8d, 0x0c, 0xc0, 0x1f, 0xdf, 0x78, 0x33, 0xb1};
}

} // namespace avro

namespace {

/// That of Apache Flume 1.11, whose text has its licence in it.
constexpr AvroHash kFlumesOldHash{0x84, 0xf2, 0x6a, 0x5a, 0x74, 0xaf, 0x57, 0x26,
                                  0xd8, 0xbc, 0x68, 0x10, 0x56, 0x69, 0xc9, 0x96};

struct ReadOldEvent {
    OldFlumeEvent event;
    std::string_view body;
    AvroHeaders fields;
};

ReadOldEvent readOldAvroEvent(AvroReader& reader) {
    ReadOldEvent read;
    read.event.timestamp = reader.readLong();
    read.event.priority = reader.readLong();
    read.body = reader.readBytes();
    read.event.nanos = reader.readLong();
    read.event.host = reader.readBytes();
    read.fields = AvroHeaders(reader.readMap(kMostEventHeaders));
    return read;
}

/// The encoding of the headers is the whole event.
void oldAvroHeaders(std::string_view encoded, const EventHeaders::Entry& entry) {
    AvroReader reader({reinterpret_cast<const std::uint8_t*>(encoded.data()), encoded.size()});
    const ReadOldEvent read = readOldAvroEvent(reader);
    oldFlumeHeaders(read.event, entry);
    read.fields.forEach(entry);
    oldFlumeMark(entry);
}

/// The buffers of a request joined.
Result<std::vector<std::uint8_t>> joined(std::string_view body) {
    std::vector<std::uint8_t> message;
    while (body.size() >= 4) {
        const auto* at = reinterpret_cast<const std::uint8_t*>(body.data());
        const auto length = loadBigEndian<std::uint32_t>(at);
        if (length == 0) return message;
        if (length > body.size() - 4) break;
        message.insert(message.end(), at + 4, at + 4 + length);
        body.remove_prefix(4 + length);
    }
    return Error{ErrorCode::protocol, "Avro: a request whose buffers do not end"};
}

/// As one buffer, and the empty one.
std::string asBody(const std::vector<std::uint8_t>& message) {
    std::string body(4, '\0');
    storeBigEndian(reinterpret_cast<std::uint8_t*>(body.data()), static_cast<std::uint32_t>(message.size()));
    body.append(message.begin(), message.end());
    return body + std::string(4, '\0');
}

/// Metadata, error flag, and the text of branch 0 of the errors; no result, which is null.
std::string errorBody(std::vector<std::uint8_t> handshake, std::string_view text) {
    AvroWriter writer(handshake);
    writer.writeLong(0);
    writer.writeByte(1);
    writer.writeLong(0);
    writer.writeBytes(text);
    return asBody(handshake);
}

std::string doneBody(std::vector<std::uint8_t> handshake) {
    handshake.insert(handshake.end(), {0, 0});
    return asBody(handshake);
}

} // namespace

OldFlumeAvro::OldFlumeAvro() : greeter_({avro::oldFlumeText(), avro::oldFlumeHash(), kFlumesOldHash}) {}

Result<OldFlumeAvro::Call> OldFlumeAvro::read(std::string_view body, EventSink& sink) {
    const auto message = joined(body);
    if (!message) return message.error();
    return readMessage(*message, sink);
}

Result<OldFlumeAvro::Call> OldFlumeAvro::readMessage(std::span<const std::uint8_t> message, EventSink& sink) {
    AvroReader reader(message);
    std::vector<std::uint8_t> handshake;
    const auto known = greeter_.greet(reader, handshake);
    if (!known) return known.error();
    if (!*known) return Call{false, asBody(handshake), {}};
    (void)reader.readMap(); // metadata of the call
    const std::string_view method = reader.readBytes();
    MILLRACE_TRY(reader.status());
    if (method.empty()) return Call{false, asBody(handshake), {}}; // a ping
    if (method != avro::kAppend)
        return Call{false, errorBody(handshake, fmt::format("No such remote message: {}", method.substr(0, 100))), {}};
    const std::size_t before = reader.left();
    const ReadOldEvent read = readOldAvroEvent(reader);
    MILLRACE_TRY(reader.status());
    const std::string_view encoded(reinterpret_cast<const char*>(message.data() + message.size() - before),
                                   before - reader.left());
    sink.event(EventHeaders(encoded, &oldAvroHeaders), read.body);
    return Call{true, doneBody(handshake), errorBody(handshake, "the channel took no event; send it again")};
}

} // namespace millrace::rpc
