#pragma once

#include "metrics/time_lag.h"
#include "session/account_book.h"
#include "session/broker_looks.h"
#include "session/run_parts.h"
#include "session/snapshot.h"

#include <map>
#include <memory>
#include <tuple>

namespace millrace::session {

class Runtime;

/// Builds one snapshot after another; keeps between them what lag in time needs, and the account of the last run while
/// nothing runs. One thread.
class Sampler {
public:
    std::shared_ptr<const Snapshot> sample(const Runtime& runtime);

private:
    struct Watched {
        topology::PlannedCluster plan;
        metrics::ClusterView view;
    };
    static void addBroker(const BrokerLooks::Look& look, Snapshot& snapshot);
    void addWatched(const Watched& cluster, Snapshot& snapshot);
    void addGroupLags(Snapshot& snapshot) const;
    void observeLogEnds(const Snapshot& snapshot);

    using PartitionKey = std::tuple<std::string, std::string, std::int32_t>; ///< cluster, topic, partition
    std::map<PartitionKey, metrics::LogEndHistory> history_;
    AccountBook accounts_;
    BrokerLooks brokers_;
    std::int64_t revision_ = 0;
    std::int64_t nowMs_ = 0;
};

} // namespace millrace::session
