#include "flume/key_provider.h"

#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<EncryptionKeys> readEncryptionKeys(const std::string& type, const catalog::Properties& properties,
                                          const ComponentServices& services) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::keyProvider, type);
    const auto factory = spec ? services.registry->find<KeyProviderFactory>(*spec) : nullptr;
    if (!factory)
        return Error{ErrorCode::unsupported,
                     fmt::format("the key provider {} does not run here; JCEKSFILE does", spec ? spec->title : type),
                     false};
    Settings settings(*spec, properties, "encryption.keyProvider");
    const auto read = factory(settings, services);
    return read ? (*read)() : Result<EncryptionKeys>(read.error());
}

} // namespace millrace::flume
