#include "net/address.h"

#include <charconv>

#include <fmt/core.h>

namespace millrace::net {

std::string Address::toString() const {
    const bool literal6 = host.find(':') != std::string::npos;
    return literal6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

static Error badAddress(const std::string& text, const char* why) {
    return {ErrorCode::invalidArgument,
            fmt::format("\"{}\" is no address: {}; write host:port, for example 127.0.0.1:9092", text, why)};
}

Result<Address> parseAddress(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return badAddress(text, "the port is missing");
    Address address;
    address.host = text.substr(0, colon);
    if (address.host.starts_with('[')) {
        if (!address.host.ends_with(']') || address.host.size() < 3)
            return badAddress(text, "the closing ] is missing");
        address.host = address.host.substr(1, address.host.size() - 2);
    } else if (address.host.find(':') != std::string::npos) {
        return badAddress(text, "an IPv6 host stands in brackets, as in [::1]:9092");
    }
    if (address.host.find_first_of(" \t/[]") != std::string::npos)
        return badAddress(text, "the host holds a character no host name has");
    const std::string_view port = std::string_view(text).substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error == std::errc::result_out_of_range) return badAddress(text, "a port is at most 65535");
    if (port.empty() || error != std::errc() || end != port.data() + port.size())
        return badAddress(text, "the port is not a number");
    return address;
}

} // namespace millrace::net
