#pragma once

#include "base/result.h"
#include "net/http_client.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace millrace::flume {

/// What an answer of WebHDFS says (Hadoop, "WebHDFS REST API"): the name of the exception in its RemoteException, empty
/// when there is none.
std::string remoteException(const net::HttpAnswer& answer);

/// An answer that is no success, as an error; `what` stands in front of it. What Hadoop says of it is shortened to the
/// first line.
Error remoteError(const net::HttpAnswer& answer, const std::string& what);

/// {"boolean": …}: an error of `what` when it is something else.
Result<bool> booleanOf(const net::HttpAnswer& answer, const std::string& what);

/// The length in {"FileStatus": {…}}.
Result<std::uint64_t> lengthOf(const net::HttpAnswer& answer, const std::string& what);

/// The path as it stands in a URL (RFC 3986): slashes stay.
std::string urlEncoded(std::string_view text);

} // namespace millrace::flume
