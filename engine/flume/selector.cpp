#include "flume/selector.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

void Routes::reset(std::size_t channels) {
    required.resize(channels);
    optional.resize(channels);
    for (EventRanges& ranges : required)
        ranges.clear();
    for (EventRanges& ranges : optional)
        ranges.clear();
}

Result<std::unique_ptr<Selector>> makeSelector(const catalog::Properties& properties,
                                               const std::vector<std::string>& channels,
                                               const ComponentServices& services) {
    const catalog::Properties own = below(properties, "selector.");
    const auto given = own.find("type");
    const std::string type = given == own.end() ? "replicating" : given->second;
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::channelSelector, type);
    const auto factory = spec ? services.registry->find<SelectorFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported, fmt::format("selector.type = {} is not implemented here", type), false};
    Settings settings(*spec, own, "selector");
    return factory(settings, services, channels);
}

} // namespace millrace::flume
