#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::flume {

/// The charset that a Content-Type names ("text/plain; charset=UTF-16"), without quotes; empty when it names none.
std::string charsetIn(std::string_view contentType);

/// The parameters of an address's query ("a=1&b=x%20y"), decoded, in their order. A name may repeat. What is no
/// encoding stays as it is.
std::vector<std::pair<std::string, std::string>> parametersIn(std::string_view query);

} // namespace millrace::flume
