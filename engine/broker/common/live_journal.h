#pragma once

#include "base/executor.h"
#include "broker/common/lanes.h"
#include "storage/journal.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// A journal of what changes often while the broker runs, so that only the last entries of it count: groups and their
/// offsets, transactions. Written on the loop into the page cache, synced on another thread, rewritten while it goes on
/// when it has grown. Loop thread only.
class LiveJournal {
public:
    using Contents = std::vector<std::vector<std::uint8_t>>;

    /// As storage::Journal::open(), which hands `learn` the entries; `holds` is what the log calls them.
    static Result<std::unique_ptr<LiveJournal>> open(FileSystem& disk, const std::filesystem::path& path,
                                                     std::string_view lost, std::string holds, Log& log,
                                                     const std::function<Status(std::span<const std::uint8_t>)>& learn);
    /// All of one change or nothing.
    Status append(Contents contents);
    /// May wait for the disk: when the loop has ended.
    Status sync() { return journal_->sync(); }
    /// `done` runs on the loop when all that was appended before the call is on stable storage, or cannot be put there.
    /// While one sync is under way all who come wait for the next, which is one for all of them.
    void sync(Executor& loop, const Lanes& lanes, std::function<void(const Status&)> done);
    /// Whether so much was written that what counts of it should be put in its place, or whether the file is not to be
    /// trusted: where a sync has failed the system may have dropped what later ones will not miss.
    bool shouldCompact() const;
    /// Puts `live`, all that counts now, in place of all entries: on the slow lane, while append() goes on.
    /// sync() waits for the end of it.
    void compact(Contents live, Executor& loop, const Lanes& lanes);

private:
    LiveJournal(FileSystem& disk, Log& log, std::string holds) : disk_(disk), log_(log), holds_(std::move(holds)) {}
    void startSync(Executor& loop, const Lanes& lanes);
    /// `distrusted`: what was to be replaced is not to be trusted.
    void compacted(const Status& written, bool distrusted, Executor& loop, const Lanes& lanes);

    static constexpr std::uint64_t kCompactAboveBytes = 1024 * 1024;

    FileSystem& disk_;
    Log& log_;
    std::string holds_;
    std::unique_ptr<storage::Journal> journal_;
    std::uint64_t compactAboveBytes_ = kCompactAboveBytes;
    bool compacting_ = false;
    bool distrusted_ = false;                                 ///< a sync failed since the file was written
    bool syncing_ = false;
    std::vector<std::function<void(const Status&)>> waiting_; ///< for the next sync
    Contents since_;                                          ///< appended while a compaction runs
};

} // namespace millrace::broker
