#pragma once

#include "base/executor.h"
#include "base/file_system.h"
#include "base/log.h"
#include "broker/partitions/partition.h"
#include "broker/topics/topic_change.h"
#include "storage/change_journal.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace millrace::broker {

/// Where in the data directory the replicas of this broker lie: `<topic>-<partition>`, as Kafka has them. Any thread;
/// all but what only posts may wait for the disk.
class TopicDirectories {
public:
    TopicDirectories(FileSystem& disk, std::filesystem::path root, Log& log)
        : disk_(disk), root_(std::move(root)), log_(log) {}

    const std::filesystem::path& root() const { return root_; }
    /// The replica of a partition that was here before, offline when it cannot be opened.
    std::shared_ptr<Partition> reopen(const TopicMetadata& topic, std::int32_t index) const;
    /// Makes the replicas of the partitions that are new: all or an error.
    Result<std::vector<std::shared_ptr<Partition>>> makeNew(const TopicDelta& delta) const;

    /// What becomes of them, for the journal. Precondition: touchesFiles().
    static storage::FileStep stepOf(const TopicDelta& delta);
    /// Renames what is in the way of new partitions.
    Status setStrangersAside(const TopicDelta& delta) const;

    /// Has `lane` remove what the step of a removal has moved, bit by bit. A log that is still open there reads on.
    void removeMoved(const TopicMetadata& gone, const Partition& replica, Executor& lane) const;
    /// The same with all that a broker before has left of it.
    Status removeRemains(Executor& lane) const;

private:
    std::filesystem::path of(const std::string& topic, std::int32_t partition) const;
    Status setAside(const std::filesystem::path& directory) const;

    FileSystem& disk_;
    std::filesystem::path root_;
    Log& log_;
};

} // namespace millrace::broker
