#pragma once

#include <string>
#include <string_view>

namespace millrace::flume {

/// Adds the piece, as a bzip2 stream of its own, to `out`. Precondition: less than 4 GiB.
void appendBzip2(std::string_view piece, std::string& out);

} // namespace millrace::flume
