#pragma once

#include <map>
#include <string>

namespace millrace {

/// The environment variables of this process. Any thread, while none changes them.
std::map<std::string, std::string, std::less<>> environmentVariables();

} // namespace millrace
