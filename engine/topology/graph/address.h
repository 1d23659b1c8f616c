#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace millrace::topology {

/// Host names made alike: lower case, all loopback names "localhost", all "any address" forms and nothing at all "*".
std::string alikeHost(std::string_view host);
bool isWildcard(std::string_view alikeHost);

struct HostPort {
    std::string host; ///< as written, without brackets and protocol
    int port = 0;
};
/// "host:port", "[::1]:9092", "PLAINTEXT://host:port"; none when there is no valid port.
std::optional<HostPort> parseHostPort(std::string_view text);
/// Port of 0 to 65535, none otherwise.
std::optional<int> parsePort(std::string_view text);

/// A Kafka server list as a set of "host:port" with alike hosts; "any address" counts as this computer.
std::set<std::string> alikeServers(std::string_view list);

} // namespace millrace::topology
