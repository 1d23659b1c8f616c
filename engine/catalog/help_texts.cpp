#include "catalog/component_spec.h"

#include <set>

namespace millrace::catalog {

std::vector<std::string_view> helpTexts() {
    std::vector<std::string_view> texts;
    std::set<std::string_view> seen;
    const auto add = [&](std::string_view text) {
        if (!text.empty() && seen.insert(text).second) texts.push_back(text);
    };
    for (const ComponentSpec* spec : flumeCatalog().components()) {
        add(spec->summary);
        for (const PropertySpec& property : spec->properties)
            add(property.help);
    }
    return texts;
}

} // namespace millrace::catalog
