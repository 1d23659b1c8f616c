#pragma once

#include "base/executor.h"
#include "broker/common/lanes.h"
#include "broker/groups/group.h"
#include "storage/journal.h"
#include "wire/api_spec.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

/// One committed offset, or its end.
struct OffsetEntry {
    std::string group;
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = -1; ///< -1: forgotten
    std::int32_t leaderEpoch = -1;
    std::string metadata;
    EpochMs commitTime = 0;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.group);
        io.field(self.topic);
        io.field(self.partition);
        io.field(self.offset);
        io.field(self.leaderEpoch);
        io.field(self.metadata);
        io.field(self.commitTime);
    }
};

/// `offsets.journal`: every committed offset. Written on the loop into the page cache (D0: a commit that a power cut
/// takes back leads to records read again, never lost), synced on another thread soon after. Loop thread only.
class OffsetJournal {
public:
    static Result<std::unique_ptr<OffsetJournal>> open(FileSystem& disk, const std::filesystem::path& path, Log& log,
                                                       const std::function<void(OffsetEntry)>& learn);
    /// All of one request or nothing.
    Status append(const std::vector<OffsetEntry>& entries);
    /// May wait for the disk: when the loop has ended.
    Status sync() { return journal_->sync(); }
    /// `done` runs on the loop when all that was appended before the call is on stable storage, or cannot be put there.
    void sync(Executor& loop, const Lanes& lanes, std::function<void(const Status&)> done);
    /// Whether so much was written that `live` offsets should be put in its place, or whether the file is not to be
    /// trusted: where a sync has failed the system may have dropped what later ones will not miss.
    bool shouldCompact(std::size_t live) const;
    /// Puts the live offsets in place of all entries: on the slow lane, while append() goes on.
    /// sync() waits for the end of it.
    void compact(const std::vector<OffsetEntry>& live, Executor& loop, const Lanes& lanes);

private:
    OffsetJournal(FileSystem& disk, Log& log) : disk_(disk), log_(log) {}
    void compacted(const Status& written, Executor& loop, const Lanes& lanes);

    static constexpr std::uint64_t kCompactAboveBytes = 1024 * 1024;

    FileSystem& disk_;
    Log& log_;
    std::unique_ptr<storage::Journal> journal_;
    std::uint64_t compactAboveBytes_ = kCompactAboveBytes;
    bool compacting_ = false;
    bool distrusted_ = false;                                 ///< a sync failed since the file was written
    std::vector<std::function<void(const Status&)>> waiting_; ///< for the end of the compaction, to be synced
    std::vector<std::vector<std::uint8_t>> since_; ///< appended while a compaction runs
};

} // namespace millrace::broker
