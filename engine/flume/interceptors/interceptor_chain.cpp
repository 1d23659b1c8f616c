#include "flume/interceptors/interceptor_chain.h"

#include "catalog/check_support.h"
#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

namespace {

Result<std::unique_ptr<Interceptor>> makeOne(const std::string& name, const catalog::Properties& properties,
                                             const ComponentServices& services) {
    const catalog::Properties own = below(properties, "interceptors." + name + '.');
    const auto type = own.find("type");
    if (type == own.end()) return Error{ErrorCode::invalidArgument, "has no type; Flume leaves its source out", false};
    const catalog::ComponentSpec* spec =
        catalog::flumeCatalog().find(catalog::ComponentKind::interceptor, type->second);
    const auto factory = spec ? services.registry->find<InterceptorFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported, fmt::format("type {} is not implemented here", type->second), false};
    Settings settings(*spec, own, name);
    return factory(settings, services);
}

} // namespace

Result<std::vector<std::unique_ptr<Interceptor>>>
makeInterceptors(const catalog::Properties& properties, const ComponentServices& services) {
    std::vector<std::unique_ptr<Interceptor>> chain;
    const auto list = properties.find("interceptors");
    if (list == properties.end()) return chain;
    for (const std::string& name : catalog::splitList(list->second)) {
        auto interceptor = makeOne(name, properties, services);
        if (!interceptor) return interceptor.error().in("interceptor " + name);
        chain.push_back(std::move(*interceptor));
    }
    return chain;
}

} // namespace millrace::flume
