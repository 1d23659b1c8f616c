#include "flume/sink_processor.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<std::unique_ptr<SinkProcessor>> makeSinkProcessor(const catalog::Properties& properties,
                                                         const ComponentServices& services,
                                                         const ProcessorParts& parts) {
    const catalog::Properties own = below(properties, "processor.");
    const auto given = own.find("type");
    // Flume's pages promise the default processor where no type is given; its code drops the group. Checks say so.
    const std::string type = given == own.end() ? "default" : given->second;
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::sinkProcessor, type);
    const auto factory = spec ? services.registry->find<ProcessorFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported, fmt::format("processor.type = {} is not implemented here", type), false};
    if (parts.sinks.empty()) return Error{ErrorCode::invalidArgument, "the group has no sink", false};
    Settings settings(*spec, own, "processor");
    return factory(settings, services, parts);
}

} // namespace millrace::flume
