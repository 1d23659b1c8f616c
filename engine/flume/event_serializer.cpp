#include "flume/event_serializer.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<MakeSerializer> serializerMaker(const std::string& type, const catalog::Properties& properties,
                                       const ComponentServices& services) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::eventSerializer, type);
    const auto factory = spec ? services.registry->find<SerializerFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported,
                     fmt::format("the serializer {} does not run here; TEXT, HEADER_AND_TEXT and AVRO_EVENT do",
                                 spec ? spec->title : type),
                     false};
    Settings settings(*spec, properties, "serializer");
    return factory(settings, services);
}

} // namespace millrace::flume
