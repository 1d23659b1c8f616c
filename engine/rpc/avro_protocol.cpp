#include "rpc/avro_protocol.h"

#include "rpc/avro_writer.h"

#include <algorithm>

namespace millrace::rpc {

namespace avro {

std::string_view protocolText() {
    return R"({"protocol":"AvroSourceProtocol","namespace":"org.apache.flume.source.avro","types":[)"
           R"({"type":"enum","name":"Status","symbols":["OK","FAILED","UNKNOWN"]},)"
           R"({"type":"record","name":"AvroFlumeEvent","fields":[)"
           R"({"name":"headers","type":{"type":"map","values":"string"}},{"name":"body","type":"bytes"}]}],)"
           R"("messages":{"append":{"request":[{"name":"event","type":"AvroFlumeEvent"}],"response":"Status"},)"
           R"("appendBatch":{"request":[{"name":"events","type":{"type":"array","items":"AvroFlumeEvent"}}],)"
           R"("response":"Status"}}})";
}

AvroHash protocolHash() {
    return {0x30, 0xda, 0x54, 0x05, 0x9d, 0xf7, 0x2d, 0x95, 0x84, 0xb8, 0x67, 0xd5, 0x20, 0x2e, 0x20, 0x69};
}

AvroHash flumeHash() {
    return {0x86, 0xaa, 0xda, 0xe2, 0xc4, 0x54, 0x74, 0xc0, 0xfe, 0x93, 0xff, 0xd0, 0xf2, 0x35, 0x0a, 0x65};
}

std::int64_t statusNumber(CallStatus status) {
    return status == CallStatus::ok ? 0 : status == CallStatus::unknown ? 2 : 1;
}

CallStatus statusNumbered(std::int64_t number) {
    return number == 0 ? CallStatus::ok : number == 1 ? CallStatus::failed : CallStatus::unknown;
}

} // namespace avro

namespace {

enum Branch : std::int64_t { kNull = 0, kValue = 1 };

bool readsValue(AvroReader& reader) {
    const std::int64_t branch = reader.readLong();
    if (branch != kNull && branch != kValue) reader.fail("a union branch that does not exist");
    return branch == kValue;
}

AvroHash readHash(AvroReader& reader) {
    AvroHash hash{};
    const std::string_view bytes = reader.readFixed(hash.size());
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

std::optional<std::string> readOptionalText(AvroReader& reader) {
    if (!readsValue(reader)) return std::nullopt;
    return std::string(reader.readBytes());
}

template <typename Buffer>
void writeHash(AvroWriter<Buffer>& writer, const AvroHash& hash) {
    for (const std::uint8_t byte : hash)
        writer.writeByte(byte);
}

template <typename Buffer>
void writeOptionalText(AvroWriter<Buffer>& writer, const std::optional<std::string>& text) {
    writer.writeLong(text ? kValue : kNull);
    if (text) writer.writeBytes(*text);
}

} // namespace

AvroHandshakeRequest AvroHandshakeRequest::read(AvroReader& reader) {
    AvroHandshakeRequest request;
    request.clientHash = readHash(reader);
    request.clientProtocol = readOptionalText(reader);
    request.serverHash = readHash(reader);
    if (readsValue(reader)) (void)reader.readMap();
    return request;
}

void AvroHandshakeRequest::write(std::vector<std::uint8_t>& out) const {
    AvroWriter writer(out);
    writeHash(writer, clientHash);
    writeOptionalText(writer, clientProtocol);
    writeHash(writer, serverHash);
    writer.writeLong(kNull); // no metadata
}

AvroHandshakeResponse AvroHandshakeResponse::read(AvroReader& reader) {
    AvroHandshakeResponse response;
    const std::int64_t match = reader.readLong();
    if (match < 0 || match > static_cast<int>(AvroMatch::none))
        reader.fail("a handshake answer that does not exist");
    else
        response.match = static_cast<AvroMatch>(match);
    response.serverProtocol = readOptionalText(reader);
    if (readsValue(reader)) response.serverHash = readHash(reader);
    if (readsValue(reader)) (void)reader.readMap();
    return response;
}

void AvroHandshakeResponse::write(std::vector<std::uint8_t>& out) const {
    AvroWriter writer(out);
    writer.writeLong(static_cast<std::int64_t>(match));
    writeOptionalText(writer, serverProtocol);
    writer.writeLong(serverHash ? kValue : kNull);
    if (serverHash) writeHash(writer, *serverHash);
    writer.writeLong(kNull); // no metadata
}

} // namespace millrace::rpc
