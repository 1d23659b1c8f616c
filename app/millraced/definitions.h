#pragma once

#include <map>
#include <string>
#include <vector>

namespace millrace::app {

/// The values of `-D` options, "key=value": the system properties of Java.
std::map<std::string, std::string, std::less<>> definitionsOf(const std::vector<std::string>& texts);

} // namespace millrace::app
