#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/thread_clock.h"
#include "flume/channels/file/event_frame.h"
#include "flume/channels/file/log_file.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace millrace::flume {

/// A transaction on its way into the log. Filled by who commits, then the writer's until write() returns.
struct LogTransaction {
    const void* owner = nullptr; ///< for who hears of it
    std::vector<PutFrame> puts;
    std::vector<SequenceRange> taken;

    // Once it is appended.
    LogFilePtr file;
    std::vector<std::uint64_t> positions; ///< of the puts
    std::uint64_t sequence = 0;           ///< of its first event

    // The writer's.
    std::vector<SequenceRange> owed; ///< of earlier ones, which it takes along
    std::uint64_t end = 0;           ///< in its file
    std::uint64_t nextSequence = 0;
    bool settled = false;
    Status outcome;
};

/// A place in the log, and the sequence that the next event there gets.
struct LogPlace {
    LogFilePtr file; ///< null: there is none yet
    std::uint64_t position = 0;
    std::uint64_t sequence = 0;
};

/// Appends transactions to the log and makes them durable: what many commit meanwhile goes to stable storage in one
/// sync, which one of those who wait does for all. Any thread; waits for the disk.
class LogWriter {
public:
    /// Hears of new files, and of what became true, in the order of the log, before write() returns. Called under the
    /// writer's lock.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void begun(const LogFilePtr& file) = 0;
        virtual void cameTrue(LogTransaction& transaction) = 0;
    };
    struct Setup {
        FileSystem& disk;
        ThreadClock& clock;
        Log& log;
        std::string id; ///< for the log
        std::vector<std::filesystem::path> directories;
        ChannelId channel{};
        LogPlace end;                 ///< behind what was recovered
        std::uint64_t nextNumber = 1; ///< of the next file
    };

    static Result<std::unique_ptr<LogWriter>> open(Setup setup, Listener& listener);

    void setMaxFileBytes(std::uint64_t bytes) { maxFileBytes_.store(bytes); }
    /// All or nothing. `durable`: on stable storage when it returns ok, else in the page cache. Taken events need no
    /// room: on a full disk they are true at once and are written down with the next that is. After an error the
    /// transaction is not true, and will not be, unless the process dies before another is written or close() is
    /// called.
    Status write(LogTransaction& transaction, bool durable);
    /// Everything that is true is on stable storage.
    Status flush();
    /// Calls `fn` with the place up to which everything is true and has been heard of; nothing changes meanwhile.
    void at(const std::function<void(const LogPlace&)>& fn);
    /// No more transactions: `closed`. Waits for those under way.
    void close();
    /// Where the next event will lie, as far as is known now.
    std::filesystem::path directory() const;
    std::uint64_t bytesWritten() const { return bytesWritten_.load(std::memory_order_relaxed); }

private:
    using Lock = std::unique_lock<std::mutex>;
    LogWriter(Setup setup, Listener& listener) : setup_(std::move(setup)), listener_(listener) {}
    Status append(Lock& lock, LogTransaction& transaction);
    Status appendFrames(LogTransaction& transaction, const std::vector<std::vector<std::uint8_t>>& taken);
    Status roll(Lock& lock);
    Status beginFile();
    Status syncPending(Lock& lock);
    Status syncFile();
    void awaitPut(Lock& lock, const LogTransaction& transaction);
    void settle(LogTransaction& transaction);
    void failPending(const Error& error);
    Status owe(LogTransaction& transaction, const Error& error);
    const std::filesystem::path& directoryOf(std::uint64_t number) const {
        return setup_.directories[number % setup_.directories.size()];
    }

    Setup setup_; ///< end is that up to which everything is true
    Listener& listener_;
    std::atomic<std::uint64_t> maxFileBytes_{FrameHeader::kMaxBytes};
    std::atomic<std::uint64_t> bytesWritten_{0};

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<File> file_; ///< null: the next transaction begins one
    std::uint64_t end_ = 0;      ///< of what is appended
    std::uint64_t sequence_ = 0; ///< of the next event
    std::vector<LogTransaction*> pending_;
    bool busy_ = false;     ///< somebody syncs
    bool putsFlow_ = false; ///< the last sync was for some
    bool broken_ = false;   ///< nothing may be added to file_ any more: what is behind setup_.end is not known
    bool closed_ = false;
    std::vector<SequenceRange> owed_;
};

} // namespace millrace::flume
