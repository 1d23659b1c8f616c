#include "broker/settings/data_directory.h"

#include "java/java_number.h"

#include <algorithm>
#include <string_view>

namespace millrace::broker {

std::vector<std::string> dataDirectories(const ConfigMap& configs) {
    std::vector<std::string> directories;
    for (const char* name : {"log.dirs", "log.dir"}) {
        const auto it = configs.find(name);
        const std::string_view text = it == configs.end() ? std::string_view() : it->second;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            if (const auto item = java::javaTrim(text.substr(at, comma - at)); !item.empty())
                directories.emplace_back(item);
            at = comma + 1;
        }
        if (!directories.empty()) break;
    }
    return directories;
}

} // namespace millrace::broker
