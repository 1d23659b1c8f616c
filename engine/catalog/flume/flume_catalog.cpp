#include "catalog/flume/components.h"

#include <algorithm>
#include <iterator>

namespace millrace::catalog {

const Catalog& flumeCatalog() {
    static const Catalog catalog([] {
        std::vector<const ComponentSpec*> components(std::begin(kFlumeComponents), std::end(kFlumeComponents));
        std::ranges::sort(components, {}, [](const ComponentSpec* spec) { return std::pair(spec->kind, spec->title); });
        return components;
    }());
    return catalog;
}

} // namespace millrace::catalog
