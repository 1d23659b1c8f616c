#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// What stands between the commas of a config, without the blanks around it; of blanks alone nothing.
std::vector<std::string> itemsOf(std::string_view text);

} // namespace millrace::broker
