#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace millrace::net {

struct Address {
    std::string host; ///< name or literal, empty = 127.0.0.1; "::1" is written "[::1]" only in toString()
    std::uint16_t port = 0;
    std::string toString() const;
    bool operator==(const Address&) const = default;
};
/// "host:port", "[::1]:port", ":port"; the message of the error says which part is wrong.
Result<Address> parseAddress(const std::string& text);

/// Nobody listens there at this moment, and we may.
bool canBind(const Address& address);

/// A port of loopback that was free a moment ago, for tests and for the offer of another port.
Result<std::uint16_t> freePort(const std::string& host = "127.0.0.1");

} // namespace millrace::net
