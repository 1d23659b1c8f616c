#pragma once

#include "flume/event_batch.h"
#include "flume/sinks/hdfs/bucket_writer.h"
#include "flume/sinks/hdfs/file_ends.h"

#include <list>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace millrace::flume {

/// The files that an hdfs sink has open: one for each path and prefix that events name, at most hdfs.maxOpenFiles, of
/// which the longest unused go first. Not for several threads at once.
class Buckets {
public:
    /// All outlive it.
    Buckets(const HdfsOptions& options, FileStore& store, const ComponentServices& services);

    /// Writes a batch. When all is well its events are stored for good. Else they must come again: what got through of
    /// them is taken back, and the files that had some are ended; where an event names no path, none had any.
    Status write(std::span<const EventRange> events);
    /// Ends the files whose time is over, and tries again what could not be ended.
    void attendToDue();
    /// When that has something to do, at the earliest.
    std::optional<MonotonicTime> nextDue() const;
    void endAll();

private:
    /// The events of one batch that go to one file.
    struct Group {
        std::string base; ///< path and prefix
        std::vector<std::pair<const EventBatch*, std::uint32_t>> events{};
    };
    struct Bucket {
        std::string base;
        BucketWriter writer;
    };
    using Place = std::list<Bucket>::iterator;

    Result<std::vector<Group>> grouped(std::span<const EventRange> events) const;
    Result<std::string> baseOf(const HeaderSet& headers, const EscapeTime& time) const;
    Place bucketOf(const std::string& base);
    Status writeGroups(std::span<const Group> groups);
    Status addGroup(const Group& group, BucketWriter& writer);
    Status flush(std::span<BucketWriter* const> writers);
    void makeRoomFor(std::span<const Group> groups);
    void keepBatch();
    void takeBack();
    void endFile(BucketWriter& writer);
    Place forget(Place bucket); ///< the next one
    std::optional<MonotonicTime> dueOf(const BucketWriter& writer) const;

    const HdfsOptions& options_;
    FileStore& store_;
    const ComponentServices& services_;
    FileEnds ends_;
    std::vector<FileEnd> ended_; ///< within the batch under way
    std::list<Bucket> buckets_;  ///< the longest unused first
    /// Of files of buckets that are gone. No name is given twice, whatever the clock does: what still has to be done to
    /// one file must not meet another.
    std::int64_t lastNumber_ = 0;
    std::unordered_map<std::string, Place> byBase_;
};

} // namespace millrace::flume
