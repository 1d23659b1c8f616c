#pragma once

#include "base/executor.h"
#include "broker/partitions/partition.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace millrace::broker {

/// Durability of produce requests, the one place where it is decided.
///
///  - D0, acks 0 and 1: answered once the batch is in the page cache. Survives the death of the process, not of the
///  machine.
///  - D1, acks all: answered once the batch is on stable storage. While one round of syncs runs on the sync lane, all
///    requests that arrive wait for the next round, which syncs each log once: the busier, the larger the groups, and
///    nobody waits for a window to pass.
///
/// Loop thread only.
class GroupCommit {
public:
    using Logs = std::vector<std::shared_ptr<storage::PartitionLog>>;
    using Done = std::function<void(std::span<const Status>)>;

    GroupCommit(Executor& loop, Executor& sync) : loop_(loop), sync_(sync) {}
    /// `done` runs on the loop with what became of each of `logs`, in their order: ok when all that it holds now is on
    /// stable storage. A log that fails is no concern of those who wait for others.
    void commit(Logs logs, Done done);

private:
    struct Waiter {
        Logs logs;
        Done done;
    };
    struct Round {
        std::map<std::shared_ptr<storage::PartitionLog>, Status> outcomes;
        std::vector<Waiter> waiting;
    };
    void start();

    Executor& loop_;
    Executor& sync_;
    Round next_;
    bool running_ = false;
};

} // namespace millrace::broker
