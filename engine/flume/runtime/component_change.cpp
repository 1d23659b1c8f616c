#include "flume/runtime/component_change.h"

namespace millrace::flume {

static bool isWiring(std::string_view key) {
    return key == "channels" || key == "channel" || key == "interceptors" || key.starts_with("selector.") ||
           key.starts_with("interceptors.");
}

ComponentChange changeBetween(const catalog::ComponentConfig& before, const catalog::ComponentConfig& after) {
    ComponentChange change;
    change.rebuild = before.spec != after.spec;
    const auto look = [&](const std::string& key) {
        change.any = true;
        const catalog::PropertySpec* property = after.spec->property(key);
        if (isWiring(key))
            change.wiring = true;
        else if (key == "type" || !property)
            return; // another spelling, or a key that nobody reads
        else if (property->apply == catalog::ApplyClass::live)
            change.live = true;
        else
            change.rebuild = true;
    };
    for (const auto& [key, value] : before.properties)
        if (const auto now = after.properties.find(key); now == after.properties.end() || now->second != value)
            look(key);
    for (const auto& [key, value] : after.properties)
        if (!before.properties.count(key)) look(key);
    change.any = change.any || change.rebuild;
    return change;
}

} // namespace millrace::flume
