#include "broker/settings/config_items.h"

#include "java/java_number.h"

#include <algorithm>

namespace millrace::broker {

std::vector<std::string> itemsOf(std::string_view text) {
    std::vector<std::string> items;
    if (java::javaTrim(text).empty()) return items;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        items.emplace_back(java::javaTrim(text.substr(at, comma - at)));
        at = comma + 1;
    }
    return items;
}

} // namespace millrace::broker
