#pragma once

#include "session/snapshot.h"

#include <QHash>
#include <QString>

#include <deque>
#include <memory>
#include <optional>

namespace millrace::studio {

/// Rates computed from two snapshots; absent where a counter is absent.
struct NodeRates {
    std::optional<double> inPerSecond, outPerSecond;
};

/// Turns monotonic counters into rates: the difference to the snapshot of about a second ago that belongs to the same
/// start of the node. Keeps just the snapshots of that second.
class RateMeter {
public:
    void add(std::shared_ptr<const session::Snapshot> snapshot);
    void clear();

    /// Of the newest snapshot; null when it has no such node. Valid until the next add() or clear().
    const session::NodeSnapshot* node(const QString& id) const;
    NodeRates rates(const QString& id) const { return rates_.value(id); }
    std::optional<double> topicRate(const QString& clusterAndName) const;

private:
    struct Frame {
        std::shared_ptr<const session::Snapshot> snapshot;
        QHash<QString, const session::NodeSnapshot*> nodes;
        QHash<QString, std::int64_t> topicEnds; ///< sum over partitions
    };
    NodeRates rateOf(const QString& id, const session::NodeSnapshot& now) const;

    std::deque<Frame> frames_; ///< oldest first
    QHash<QString, NodeRates> rates_;
    QHash<QString, double> topicRates_;
};

} // namespace millrace::studio
