#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "storage/change_journal.h"
#include "storage/directory_claim.h"
#include "storage/segment.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace millrace::storage {

/// Segments whose files are about to take the place of those of others, all at once whatever happens: the record in
/// `segments.journal` makes it true, the names follow, then the journal goes. No other file says anything about it, so
/// the files of a directory at rest are those of any Kafka log. Any thread.
class SegmentSwap {
public:
    using Segments = std::vector<std::shared_ptr<Segment>>;
    /// The files of `fresh` are on stable storage under names that end in ".cleaned", these names too.
    SegmentSwap(FileSystem& disk, std::filesystem::path directory, std::shared_ptr<DirectoryClaim> claim, Log& log,
                Segments old, Segments fresh);

    /// Makes the names follow, for good; nothing to do once it was ok, or when the directory is no longer the log's.
    /// After an error the next start finds the old segments or the new ones, and this may be called again; nothing else
    /// may touch the files of either before it was ok. May wait for the disk.
    Status settle();

private:
    std::vector<FileStep> steps() const;
    Status exchangeFiles();

    FileSystem& disk_;
    std::filesystem::path directory_;
    std::shared_ptr<DirectoryClaim> claim_;
    Log& log_;
    std::mutex mutex_; ///< one at a time; guards what follows
    Segments old_;
    Segments fresh_;
    bool settled_ = false;
};

/// Ends a swap that a crash has interrupted: before anybody looks at the segments in the directory. May wait for the
/// disk.
Status finishSwap(FileSystem& disk, const std::filesystem::path& directory, Log& log);

} // namespace millrace::storage
