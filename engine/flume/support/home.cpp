#include "flume/support/home.h"

#include <cstdlib>

namespace millrace::flume {

std::string withHome(const std::string& path) {
    const char* home = std::getenv("HOME");
    return path.starts_with("~/") && home ? home + path.substr(1) : path;
}

} // namespace millrace::flume
