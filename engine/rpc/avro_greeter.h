#pragma once

#include "rpc/avro_protocol.h"

#include <set>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// A protocol that a server speaks: its JSON text in our words, that text's hash, and the hash that Apache Flume 1.11
/// has for it.
struct AvroProtocol {
    std::string_view text;
    AvroHash hash{};
    AvroHash flumesHash{};
};

/// A server's part of the handshake, and which clients it knows. One thread.
class AvroGreeter {
public:
    explicit AvroGreeter(const AvroProtocol& protocol)
        : protocol_(protocol), knownClients_{protocol.hash, protocol.flumesHash} {}

    /// Reads the request and appends the answer to `answer`. False: the client is not known, and its call is not run.
    Result<bool> greet(AvroReader& reader, std::vector<std::uint8_t>& answer);

private:
    const AvroProtocol protocol_;
    std::set<AvroHash> knownClients_;
};

} // namespace millrace::rpc
