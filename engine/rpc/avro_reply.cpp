#include "rpc/avro_reply.h"

#include "rpc/avro_frames.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_writer.h"

#include <array>
#include <span>

namespace millrace::rpc {
namespace {

/// In the three buffers that Avro's own server makes: handshake, metadata, error flag with result.
std::vector<std::uint8_t> callFrame(const AvroReply& reply, const std::vector<std::uint8_t>& result) {
    static constexpr std::array<std::uint8_t, 1> kNoMetadata{0};
    const std::array<std::span<const std::uint8_t>, 3> buffers{reply.handshake, kNoMetadata, result};
    std::vector<std::uint8_t> frame;
    appendAvroFrame(reply.serial, buffers, frame);
    return frame;
}

} // namespace

std::vector<std::uint8_t> AvroReply::handshakeAlone() const {
    std::vector<std::uint8_t> frame;
    const std::span<const std::uint8_t> only = handshake;
    appendAvroFrame(serial, {&only, 1}, frame);
    return frame;
}

std::vector<std::uint8_t> AvroReply::status(CallStatus status) const {
    std::vector<std::uint8_t> result{0};
    AvroWriter(result).writeLong(avro::statusNumber(status));
    return callFrame(*this, result);
}

std::vector<std::uint8_t> AvroReply::error(const std::string& text) const {
    // Error flag, branch 0 of the method's error union (a string), the text.
    std::vector<std::uint8_t> result{1};
    AvroWriter writer(result);
    writer.writeLong(0);
    writer.writeBytes(text);
    return callFrame(*this, result);
}

} // namespace millrace::rpc
