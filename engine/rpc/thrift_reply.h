#pragma once

#include "rpc/thrift_server.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::rpc {

/// What answers one call, as the bytes to send.
class ThriftReply {
public:
    ThriftReply(const ThriftMessage& call, const ThriftServerOptions& thrift)
        : name_(call.name.substr(0, kMostNameBytes)),
          sequence_(call.sequence),
          protocol_(thrift.protocol),
          framed_(thrift.framed) {}

    /// Empty for a method that wants none.
    std::vector<std::uint8_t> result(const ThriftMethod& method, CallStatus status) const;
    /// A TApplicationException.
    std::vector<std::uint8_t> unknownMethod() const;

private:
    static constexpr std::size_t kMostNameBytes = 100; ///< of ours none is longer

    std::vector<std::uint8_t> begun(ThriftMessageType type) const;
    std::vector<std::uint8_t> ended(std::vector<std::uint8_t> bytes) const;

    std::string name_;
    std::int32_t sequence_;
    ThriftProtocol protocol_;
    bool framed_;
};

} // namespace millrace::rpc
