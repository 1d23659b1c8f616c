#include "catalog/component_spec.h"

#include "catalog/millrace/document_parts.h"

#include <set>

namespace millrace::catalog {

std::vector<std::string_view> helpTexts() {
    std::vector<std::string_view> texts;
    std::set<std::string_view> seen;
    const auto add = [&](std::string_view text) {
        if (!text.empty() && seen.insert(text).second) texts.push_back(text);
    };
    const auto addAll = [&](std::span<const ComponentSpec* const> specs) {
        for (const ComponentSpec* spec : specs) {
            add(spec->summary);
            add(spec->status);
            for (const PropertySpec& property : spec->properties)
                add(property.help);
        }
    };
    addAll(flumeCatalog().components());
    addAll(documentParts());
    return texts;
}

} // namespace millrace::catalog
