#pragma once

#include "base/clock.h"
#include "base/file_system.h"
#include "flume/event_batch.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace millrace::flume {

/// One followed file of TAILDIR. Runner thread.
struct TailFile {
    std::filesystem::path path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    HeaderSetPtr headers;         ///< of all its events
    std::uint64_t position = 0;   ///< all before it is in the channels
    std::uint64_t size = 0;       ///< when last looked at
    std::unique_ptr<File> handle; ///< null while there is nothing to read
    MonotonicTime lastActivity{};
    std::int64_t batchesInRow = 0;
    bool queued = false; ///< waits to be read
    /// No longer under a name that a pattern matches (renamed, deleted): read on through the handle until it is idle.
    bool detached = false;
    bool complained = false; ///< its last failure is in the log already
    bool unread() const { return position != size; }
};

struct LineOptions {
    std::size_t maxLines = 100;
    bool byteOffsetHeader = false;
    bool takeUnfinished = false; ///< also what stands behind the last line end
};

/// Reads lines of one file after another through one buffer, which holds what was read ahead of the last file.
class TailReader {
public:
    /// The longest line that becomes one event; more of it becomes further events, so that memory stays bounded.
    static constexpr std::size_t kLongestLine = 16u << 20;

    /// Adds complete lines from file.position on to `builder` (LF ends a line, a CR before it is cut). Returns the
    /// position behind the last one; file.position is not moved. Needs file.handle.
    Result<std::uint64_t> readLines(const TailFile& file, const LineOptions& options, EventBatchBuilder& builder);
    void forget(const TailFile& file);

private:
    Result<std::size_t> readMore(const TailFile& file, std::uint64_t from);
    std::size_t have(std::uint64_t from) const { return static_cast<std::size_t>(begin_ + used_ - from); }

    const TailFile* owner_ = nullptr;
    std::uint64_t begin_ = 0; ///< file position of buffer_[0]
    std::size_t used_ = 0;
    std::vector<std::uint8_t> buffer_;
};

} // namespace millrace::flume
