#pragma once

#include "net/address.h"

#include <string>

namespace millrace::flume {

/// A peer's address as Java writes it: java.net.InetAddress.getHostAddress(), where IPv6 has all its eight numbers.
std::string javaHostAddress(const std::string& literal);
/// java.net.InetSocketAddress.toString() of a peer whose name nobody has asked for: "/127.0.0.1:514".
std::string javaSocketAddress(const net::Address& address);

} // namespace millrace::flume
