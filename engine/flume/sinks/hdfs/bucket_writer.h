#pragma once

#include "base/clock.h"
#include "flume/sinks/hdfs/hdfs_options.h"

#include <optional>
#include <string>

namespace millrace::flume {

/// A file to which nothing is added any more, and what it still needs to be whole under its name.
struct FileEnd {
    std::string inUse; ///< its path until then
    /// Path without number and ending, then the number: where another has the name, the next number is taken.
    std::string base;
    std::int64_t number = 0;
    std::string ending;
    std::uint64_t size = 0;   ///< bytes that count; with none the file goes
    std::uint64_t kept = 0;   ///< those of batches before the one under way
    bool mayHaveMore = false; ///< a write failed: what is behind them goes
    std::int64_t tries = 0;
    MonotonicTime due{}; ///< of the next try
    std::string target() const;
};

/// The files of one path and prefix, one after the other (org.apache.flume.sink.hdfs.BucketWriter). Events are
/// collected and reach the store at each flush; a file is made by its first. Not for several threads at once.
class BucketWriter {
public:
    /// `options` and `store` outlive it. Files are numbered from behind `number` on.
    BucketWriter(const HdfsOptions& options, FileStore& store, std::string base, std::int64_t number)
        : options_(options), store_(store), base_(std::move(base)), number_(number) {}

    /// Its file has as much as rollCount or rollSize allow: end it before the next event.
    bool isFull() const;
    void add(const HeaderSet& headers, std::string_view body);
    bool hasUnstored() const { return unstored_; }
    void beginFlush();
    /// Waits for it. When all is well the events are stored for good; else end the file: the events must come again.
    Status endFlush();
    /// The batch under way has ended well: what is stored stays.
    void keep() { kept_ = size_; }
    /// Some of the batch under way is in it, or may be.
    bool isTouched() const { return unstored_ || failed_ || size_ != kept_; }
    /// The next event begins another file. Nothing when no file was made.
    std::optional<FileEnd> end();

    std::int64_t number() const { return number_; } ///< the last one given
    bool isOpen() const { return serializer_ != nullptr; }
    bool isMade() const { return made_; }
    MonotonicTime openedAt{}; ///< for whoever watches the time
    MonotonicTime usedAt{};

private:
    FileEnd named() const;
    void flushOnce();

    const HdfsOptions& options_;
    FileStore& store_;
    const std::string base_;
    std::int64_t number_;

    std::unique_ptr<EventSerializer> serializer_; ///< null = no file
    std::string unflushed_;
    FileStore::Outcome flush_;
    bool made_ = false;
    bool failed_ = false;
    bool unstored_ = false;                    ///< events since the last flush
    std::uint64_t events_ = 0, bodyBytes_ = 0; ///< of the file, as Flume counts
    std::uint64_t size_ = 0;                   ///< stored for good
    std::uint64_t kept_ = 0;                   ///< of it, of batches before the one under way
};

} // namespace millrace::flume
