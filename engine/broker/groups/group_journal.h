#pragma once

#include "base/executor.h"
#include "broker/common/lanes.h"
#include "broker/groups/group_entries.h"
#include "storage/journal.h"

#include <functional>
#include <memory>
#include <vector>

namespace millrace::broker {

/// `offsets.journal`: every committed offset, and every group. Written on the loop into the page cache (D0: a commit
/// that a power cut takes back leads to records read again, never lost, and a generation that it takes back to a
/// rebalance), synced on another thread soon after. Loop thread only.
class GroupJournal {
public:
    using Contents = std::vector<std::vector<std::uint8_t>>;

    static Result<std::unique_ptr<GroupJournal>> open(FileSystem& disk, const std::filesystem::path& path, Log& log,
                                                      const EntryReader& learn);
    /// All of one change or nothing.
    Status append(Contents contents);
    /// May wait for the disk: when the loop has ended.
    Status sync() { return journal_->sync(); }
    /// `done` runs on the loop when all that was appended before the call is on stable storage, or cannot be put there.
    void sync(Executor& loop, const Lanes& lanes, std::function<void(const Status&)> done);
    /// Whether so much was written that what counts of it should be put in its place, or whether the file is not to be
    /// trusted: where a sync has failed the system may have dropped what later ones will not miss.
    bool shouldCompact() const;
    /// Puts `live`, all that counts now, in place of all entries: on the slow lane, while append() goes on.
    /// sync() waits for the end of it.
    void compact(Contents live, Executor& loop, const Lanes& lanes);

private:
    GroupJournal(FileSystem& disk, Log& log) : disk_(disk), log_(log) {}
    void compacted(const Status& written, Executor& loop, const Lanes& lanes);

    static constexpr std::uint64_t kCompactAboveBytes = 1024 * 1024;

    FileSystem& disk_;
    Log& log_;
    std::unique_ptr<storage::Journal> journal_;
    std::uint64_t compactAboveBytes_ = kCompactAboveBytes;
    bool compacting_ = false;
    bool distrusted_ = false;                                 ///< a sync failed since the file was written
    std::vector<std::function<void(const Status&)>> waiting_; ///< for the end of the compaction, to be synced
    Contents since_;                                          ///< appended while a compaction runs
};

} // namespace millrace::broker
