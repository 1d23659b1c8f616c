#pragma once

#include <string>
#include <string_view>

namespace millrace::net {

/// An address of IPv6 in the form of Address::host of a peer, "2001:db8::1": there are many that mean the same, and
/// Java writes "2001:db8:0:0:0:0:0:1". All else as it is.
std::string usualForm(std::string_view host);

} // namespace millrace::net
