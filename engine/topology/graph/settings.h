#pragma once

#include "catalog/component_spec.h"
#include "topology/graph/keys.h"
#include "topology/text/properties_text.h"
#include "topology/text/substitution.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace millrace::topology {

/// One property as Flume has it after reading: variables resolved, never empty.
struct Setting {
    std::string value;
    const Entry* entry = nullptr; ///< where it stands
    std::string foreignFilter{};  ///< the config filter that fills in a part of it and that only Flume can ask
};

/// What Flume knows of one component before it looks at lists.
struct PartSettings {
    std::string name;
    std::map<std::string, Setting, std::less<>> values; ///< relative keys
    const Setting* find(std::string_view key) const;
    std::string value(std::string_view key) const; ///< empty when absent
    /// The values whose keys begin with `prefix`, without it; all for an empty one.
    catalog::Properties properties(std::string_view prefix = {}) const;
};

struct AgentSettings {
    std::string name;
    std::map<Section, Setting> lists;
    std::map<Section, std::map<std::string, PartSettings>> parts;

    /// Names of a list in file order, each once; sink groups are split on blanks only.
    std::vector<std::string> names(Section section) const;
    const PartSettings* part(Section section, const std::string& name) const;
};

/// The agents of a file, in file order. `values`: resolved values by full key; refers to `entries`.
std::vector<AgentSettings> readSettings(const std::vector<const Entry*>& entries, const ValueMap& values);

} // namespace millrace::topology
