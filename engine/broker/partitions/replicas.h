#pragma once

#include "broker/partitions/partition.h"
#include "wire/uuid.h"

#include <map>
#include <memory>

namespace millrace::broker {

/// The replicas of partitions that this broker has: what it has of them, not what the cluster says of them. Loop
/// thread only.
class Replicas {
public:
    using OfTopic = std::map<std::int32_t, std::shared_ptr<Partition>>; ///< by index; never null

    /// Null when it is not here.
    std::shared_ptr<Partition> find(const wire::Uuid& topic, std::int32_t index) const;
    /// Empty when none is here.
    const OfTopic& of(const wire::Uuid& topic) const;
    const std::map<wire::Uuid, OfTopic>& all() const { return byTopic_; }

    /// In place of the one that was known by this index.
    void add(const wire::Uuid& topic, std::shared_ptr<Partition> replica);
    /// Forgets those of a topic that is gone, and tells who waits at their ends.
    void remove(const wire::Uuid& topic);

    /// Flushes all and marks the logs as cleanly stopped; the first error. May wait for the disk; loop and lanes are at
    /// rest.
    Status close(Log& log);

private:
    std::map<wire::Uuid, OfTopic> byTopic_;
};

} // namespace millrace::broker
