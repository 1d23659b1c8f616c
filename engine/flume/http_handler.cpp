#include "flume/http_handler.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<std::unique_ptr<HttpEventHandler>>
httpHandlerNamed(const std::string& type, const catalog::Properties& properties, const ComponentServices& services) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::httpHandler, type);
    const auto factory = spec ? services.registry->find<HttpHandlerFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported,
                     fmt::format("the handler {} does not run here; JSONHandler, BLOBHandler and the BlobHandler do",
                                 spec ? spec->title : type),
                     false};
    Settings settings(*spec, properties, "handler");
    return factory(settings, services);
}

} // namespace millrace::flume
