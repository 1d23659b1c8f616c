#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace millrace::flume {

/// How a file channel is configured.
struct FileChannelOptions {
    std::filesystem::path checkpointDirectory;
    std::vector<std::filesystem::path> dataDirectories; ///< at least one

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

} // namespace millrace::flume
