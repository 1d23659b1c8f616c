#pragma once

#include <string>

namespace millrace::flume {

/// The path with the user's home directory in place of a leading "~/", as the defaults of Flume's paths have it.
std::string withHome(const std::string& path);

} // namespace millrace::flume
