#pragma once

#include <string>
#include <string_view>

namespace millrace::flume {

/// Adds the piece, as a bzip2 stream of its own, to `out`. Precondition: less than 4 GiB.
void appendBzip2(std::string_view piece, std::string& out);

/// What one stream holds; `out` becomes a little longer than `most` when it holds more than that. False when this is
/// no whole stream.
bool expandBzip2(std::string_view stream, std::size_t most, std::string& out);

} // namespace millrace::flume
