#pragma once

#include "broker/settings/topic_configs.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// The broker's configs by who has set them. All are settled.
struct ConfigLayers {
    ConfigMap fixed;   ///< what the broker was started with
    ConfigMap cluster; ///< by clients, for every broker of the cluster
    ConfigMap own;     ///< by clients, for this broker

    struct Entry {
        ConfigSource source;
        const std::string* value; ///< of this object
    };
    /// Who has set it, the one that counts first; empty when nobody has.
    std::vector<Entry> entries(std::string_view name) const;
    ConfigMap inForce() const;
    bool operator==(const ConfigLayers&) const = default;
};

} // namespace millrace::broker
