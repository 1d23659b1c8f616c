#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// The keys that a file channel is encrypted with, by their names (org.apache.flume.channel.file.encryption.KeyProvider).
using EncryptionKeys = std::map<std::string, std::vector<std::uint8_t>>;

/// Reads them; waits for the disk.
using ReadKeys = std::function<Result<EncryptionKeys>()>;

/// For `type`: an alias in any letter case or a class name of the catalog; `properties` are the provider's own.
Result<EncryptionKeys> readEncryptionKeys(const std::string& type, const catalog::Properties& properties,
                                          const ComponentServices& services);

} // namespace millrace::flume
