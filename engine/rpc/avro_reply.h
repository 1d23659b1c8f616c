#pragma once

#include "rpc/call_status.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::rpc {

/// What answers one call of Avro's transport, as the frame to send.
struct AvroReply {
    std::int32_t serial = 0;
    std::vector<std::uint8_t> handshake; ///< goes in front, empty after the first call of a connection

    std::vector<std::uint8_t> handshakeAlone() const;
    std::vector<std::uint8_t> status(CallStatus status) const;
    std::vector<std::uint8_t> error(const std::string& text) const;
};

} // namespace millrace::rpc
