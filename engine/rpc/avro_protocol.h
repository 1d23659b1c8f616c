#pragma once

#include "base/result.h"
#include "rpc/avro_reader.h"
#include "rpc/call_status.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// MD5 of a protocol's JSON text, by which the two ends of a connection know each other's protocol.
using AvroHash = std::array<std::uint8_t, 16>;

namespace avro {
/// AvroSourceProtocol in our words; builds of Flume differ in comments, and so in their hash, but mean the same.
std::string_view protocolText();
AvroHash protocolHash();
/// That of Apache Flume 1.11, which its own peers know without seeing the text.
AvroHash flumeHash();
inline constexpr std::string_view kAppend = "append";
inline constexpr std::string_view kAppendBatch = "appendBatch";
/// The answer's number in the protocol's enumeration, which has no ERROR: that is a FAILED. And back.
std::int64_t statusNumber(CallStatus status);
CallStatus statusNumbered(std::int64_t number);
} // namespace avro

/// What the first message of a connection begins with (Avro specification, "Handshake").
struct AvroHandshakeRequest {
    AvroHash clientHash{};
    std::optional<std::string> clientProtocol;
    AvroHash serverHash{};

    static AvroHandshakeRequest read(AvroReader& reader);
    void write(std::vector<std::uint8_t>& out) const;
};

enum class AvroMatch : std::uint8_t {
    both = 0,   ///< known, the call was run
    client = 1, ///< the client's text is known, its idea of the server was wrong; the call was run
    none = 2,   ///< the client is unknown: the call was not run, send it again with the text
};

struct AvroHandshakeResponse {
    AvroMatch match = AvroMatch::both;
    std::optional<std::string> serverProtocol;
    std::optional<AvroHash> serverHash;

    static AvroHandshakeResponse read(AvroReader& reader);
    void write(std::vector<std::uint8_t>& out) const;
};

} // namespace millrace::rpc
