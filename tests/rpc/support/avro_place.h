#pragma once

#include "rpc/avro_frames.h"
#include "rpc/avro_server.h"
#include "rpc/avro_writer.h"
#include "rpc/support/call_place.h"

#include <fmt/core.h>

#include <string>
#include <vector>

namespace millrace::rpc::testing {

class AvroPlace : protected CallPlace {
protected:
    net::Address listen(const CallServerOptions& options = {}) { return CallPlace::listen(options, &listenAvro); }
};

inline std::string callHex(int serial, const std::string& method, const std::string& argsHex) {
    std::vector<std::uint8_t> body{0};
    AvroWriter(body).writeBytes(method);
    const auto args = fromHex(argsHex);
    body.insert(body.end(), args.begin(), args.end());
    const std::span<const std::uint8_t> part = body;
    std::vector<std::uint8_t> frame;
    appendAvroFrame(serial, {&part, 1}, frame);
    return toHex({reinterpret_cast<const char*>(frame.data()), frame.size()});
}

inline std::string okReply(int serial) {
    return fmt::format("{:08x}00000003000000000000000100000000020000", serial);
}

} // namespace millrace::rpc::testing
