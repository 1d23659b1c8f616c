#include "configuration.h"

#include <algorithm>
#include <utility>

namespace millrace::app {

Result<Configuration> Configuration::open(const std::vector<std::string>& places, const ConfigurationUser& user,
                                          const std::string& backup) {
    Configuration configuration;
    for (const std::string& place : places) {
        auto source = openConfiguration(place, user, backup);
        if (!source) return std::move(source).error();
        configuration.parts_.push_back({place, std::move(*source), {}});
    }
    return configuration;
}

Result<ConfigurationText> Configuration::read() {
    for (Part& part : parts_) {
        auto text = part.source->read();
        if (!text) return std::move(text).error();
        part.text = std::move(*text);
    }
    return joined();
}

void Configuration::look() {
    for (Part& part : parts_)
        part.source->look();
}

std::optional<Result<ConfigurationText>> Configuration::changed() {
    bool any = false;
    for (Part& part : parts_) {
        auto text = part.source->changed();
        if (!text) continue;
        if (!*text) return std::move(*text).error();
        part.text = std::move(**text);
        any = true;
    }
    if (!any) return {};
    return joined();
}

Status Configuration::accepted() {
    Status all = ok();
    for (Part& part : parts_)
        if (Status kept = part.source->accepted(); !kept && all) all = std::move(kept);
    return all;
}

std::chrono::seconds Configuration::pollInterval() const {
    constexpr std::chrono::seconds kFiles{30}, kServers{300};
    const bool served =
        std::all_of(parts_.begin(), parts_.end(), [](const Part& part) { return isConfigurationAddress(part.place); });
    return served ? kServers : kFiles;
}

ConfigurationText Configuration::joined() const {
    ConfigurationText all;
    for (const Part& part : parts_)
        all.add(part.place, part.text);
    return all;
}

} // namespace millrace::app
