#pragma once

#include "base/result.h"
#include "catalog/component_spec.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

class Settings;
struct ComponentServices;

/// How a file channel is configured.
struct FileChannelOptions {
    std::filesystem::path checkpointDirectory;
    std::vector<std::filesystem::path> dataDirectories; ///< at least one
    struct Encryption {
        std::string activeKey;
        std::string keyProvider;
        catalog::Properties provider; ///< the key provider's own
    };
    std::optional<Encryption> encryption; ///< nothing: new files are in clear

    // The rest may change while it runs.
    std::size_t capacity = 0;
    std::size_t transactionCapacity = 0;
    std::chrono::milliseconds keepAlive{0};
    std::chrono::milliseconds checkpointInterval{0};
    bool checkpointOnClose = true;
    std::uint64_t maxFileBytes = 0;
    std::uint64_t minimumSpace = 0;            ///< bytes that stay free on the disk
    bool syncEach = true;                      ///< each transaction is on stable storage when its commit returns (D1)
    std::chrono::milliseconds syncInterval{0}; ///< else at most so long after
};

/// All but capacity and keep-alive, which a channel may have from other keys. Reads exactly the declared keys of a file
/// store. Error when transactionCapacity is above options.capacity, as Flume.
Status readFileStore(Settings& settings, const ComponentServices& services, FileChannelOptions& options);

} // namespace millrace::flume
