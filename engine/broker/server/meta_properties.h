#pragma once

#include "base/file_system.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace millrace::broker {

/// Whose a data directory is: `meta.properties` in it, as Kafka writes it there.
struct MetaProperties {
    std::string clusterId;
    std::int32_t nodeId = 0;
    std::string directoryId; ///< tells directories apart; empty when the file does not say it

    /// Absent when there is no such file yet. Error corrupt: it cannot be understood; the message says which file and
    /// what to do. May wait for the disk.
    static Result<std::optional<MetaProperties>> read(FileSystem& disk, const std::filesystem::path& dataDir);
    /// On stable storage when it returns.
    Status write(FileSystem& disk, const std::filesystem::path& dataDir) const;
};

} // namespace millrace::broker
