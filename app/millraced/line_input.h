#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace millrace::app {

/// Reads a descriptor to its end and hands on each line without its end (LF or CRLF), the last one also where it has
/// none. `pause` is called when what had come is handed on and more has to be waited for. Error: that of either, of the
/// system, or a line of more than 16 MiB; `name` says in it where.
Status readLines(int descriptor, const std::string& name, const std::function<Status(std::string_view)>& line,
                 const std::function<Status()>& pause);

} // namespace millrace::app
