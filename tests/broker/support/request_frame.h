#pragma once

#include "base/bytes.h"
#include "wire/messages/header.h"
#include "wire/writer.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace millrace::broker {

inline std::vector<std::uint8_t> bytesOf(std::span<const Bytes> pieces) {
    std::vector<std::uint8_t> all;
    for (const Bytes& piece : pieces)
        all.insert(all.end(), piece.data(), piece.data() + piece.size());
    return all;
}

/// A request as it comes from a connection, header and message without their length; its correlation id is 7.
template <typename Request>
std::vector<std::uint8_t> frameOf(const Request& request, wire::Version version,
                                  const std::string& clientId = "rdkafka") {
    wire::Writer writer(0, false);
    const bool flexible = Request::kApi.flexible(version);
    wire::writeRequestHeader(writer, {Request::kApi.key, version, 7, clientId}, flexible);
    writer.continueAs(version, flexible);
    writer.field(request);
    return bytesOf(writer.finish());
}

} // namespace millrace::broker
