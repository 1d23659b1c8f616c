#include "flume/path_manager.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

std::string withExtension(std::string name, const std::string& extension) {
    return extension.empty() ? name : name + '.' + extension;
}

Result<MakePathManager> pathManagerMaker(const std::string& type, const catalog::Properties& properties,
                                         const ComponentServices& services) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::pathManager, type);
    const auto factory = spec ? services.registry->find<PathManagerFactory>(*spec) : nullptr;
    if (!factory)
        return Error{
            ErrorCode::unsupported,
            fmt::format("the path manager {} does not run here; DEFAULT and ROLLTIME do", spec ? spec->title : type),
            false};
    Settings settings(*spec, properties, "path manager");
    return factory(settings, services);
}

} // namespace millrace::flume
