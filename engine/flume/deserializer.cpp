#include "flume/deserializer.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<MakeDeserializer> deserializerMaker(const std::string& type, const catalog::Properties& properties,
                                           const ComponentServices& services) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::deserializer, type);
    const auto factory = spec ? services.registry->find<DeserializerFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported,
                     fmt::format("the deserializer {} does not run here; LINE, AVRO and the BlobDeserializer do",
                                 spec ? spec->title : type),
                     false};
    Settings settings(*spec, properties, "deserializer");
    return factory(settings, services);
}

} // namespace millrace::flume
