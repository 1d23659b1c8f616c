#include "broker/settings/config_layers.h"

#include <utility>

namespace millrace::broker {

std::vector<ConfigLayers::Entry> ConfigLayers::entries(std::string_view name) const {
    std::vector<Entry> all;
    const std::pair<ConfigSource, const ConfigMap*> layers[] = {
        {ConfigSource::broker, &own}, {ConfigSource::cluster, &cluster}, {ConfigSource::staticBroker, &fixed}};
    for (const auto& [source, layer] : layers)
        if (const auto it = layer->find(std::string(name)); it != layer->end()) all.push_back({source, &it->second});
    return all;
}

ConfigMap ConfigLayers::inForce() const {
    ConfigMap configs = own;
    configs.insert(cluster.begin(), cluster.end());
    configs.insert(fixed.begin(), fixed.end());
    return configs;
}

} // namespace millrace::broker
