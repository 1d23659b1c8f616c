#pragma once

#include "base/file_system.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::storage {

/// From which offset on each leader wrote the log: replicas find with it where their logs part. A value; one thread.
/// KIP-101, and kafka.server.epoch.LeaderEpochFileCache for the rules.
class LeaderEpochs {
public:
    struct Entry {
        std::int32_t epoch = 0;
        std::int64_t startOffset = 0;
        bool operator==(const Entry&) const = default;
    };
    /// Where an epoch ends; -1 twice when it cannot be told.
    struct End {
        std::int32_t epoch = -1; ///< the one asked for, or the last before it that wrote something
        std::int64_t endOffset = -1;
        bool operator==(const End&) const = default;
    };

    /// The batch at `offset` is of `epoch`, and the last one so far: what was told of later ones is forgotten. Returns
    /// whether anything changed.
    bool assign(std::int32_t epoch, std::int64_t offset);
    /// The log now ends, or begins, at `offset`. As assign().
    bool cutFrom(std::int64_t offset);
    bool cutBefore(std::int64_t offset);

    std::optional<std::int32_t> latest() const;
    End endOf(std::int32_t epoch, std::int64_t logEnd) const;
    const std::vector<Entry>& entries() const { return entries_; }
    bool operator==(const LeaderEpochs&) const = default;

private:
    std::vector<Entry> entries_; ///< both numbers rise
};

inline constexpr const char* kLeaderEpochsName = "leader-epoch-checkpoint";

/// Kafka's file: a line with 0, the version, one with the number of entries, then "epoch offset" a line.
std::string leaderEpochsText(const LeaderEpochs& epochs);
/// Nothing when it is no such text.
std::optional<LeaderEpochs> parseLeaderEpochs(std::string_view text);

/// On stable storage when it returns ok. May wait for the disk.
Status writeLeaderEpochs(FileSystem& disk, const std::filesystem::path& directory, const LeaderEpochs& epochs);
/// Nothing when there is none or it is damaged: the batches tell it too.
Result<std::optional<LeaderEpochs>> readLeaderEpochs(FileSystem& disk, const std::filesystem::path& directory);

} // namespace millrace::storage
