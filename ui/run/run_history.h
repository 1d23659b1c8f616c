#pragma once

#include "run/sample_ring.h"
#include "topology/text/edit.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::session {
struct GroupSnapshot;
}

namespace millrace::studio {

class DocumentStore;
class RunController;
struct GraphDelta;

/// A consumer group on one cluster.
struct GroupKey {
    std::string cluster, group;
    auto operator<=>(const GroupKey&) const = default;
};

struct PartitionKey {
    std::string topic;
    std::int32_t partition = 0;
    auto operator<=>(const PartitionKey&) const = default;
};

/// Shared with the charts that draw them: a line may be forgotten here while it is still shown.
using SharedRing = std::shared_ptr<SampleRing>;

struct PartitionLag {
    SharedRing records, seconds; ///< never null
};
using GroupLag = std::map<PartitionKey, PartitionLag>;

/// What the charts show: rates of components and topics and lag of groups over the last quarter of an hour, gathered from the
/// run's snapshots. Kept from run to run with a gap between; a renamed component keeps its line. Memory is bounded by
/// the number of components and topics, and by kMostGroups and kMostPartitions: of more groups those are kept that moved last.
/// A group that is gone is forgotten with its last sample. GUI thread only.
class RunHistory : public QObject {
    Q_OBJECT
public:
    static constexpr std::int64_t kStepMs = 250;
    static constexpr std::size_t kCapacity = 15 * 60 * 1000 / kStepMs + 8;
    static constexpr std::int64_t kLagStepMs = 1000; ///< there are many more of these
    static constexpr std::size_t kLagCapacity = 15 * 60 * 1000 / kLagStepMs + 8;
    static constexpr std::size_t kMostGroups = 50;
    static constexpr std::size_t kMostPartitions = 64;
    static constexpr std::size_t kMostNodes = 1000;

    RunHistory(DocumentStore& store, RunController& run, QObject* parent = nullptr);

    /// The newest sample's time, monotonic milliseconds; 0 before the first.
    std::int64_t nowMs() const { return nowMs_; }
    /// Events per second that a source or sink moves, or that go into a topic; null when never seen.
    std::shared_ptr<const SampleRing> throughput(const topology::NodeId& nodeId) const;
    std::vector<GroupKey> groups() const;
    /// Null when the group is not known.
    const GroupLag* lag(const GroupKey& group) const;

signals:
    void grown();

private:
    void take();
    void takeThroughput(const topology::NodeId& node, std::optional<double> perSecond);
    /// What is known of every group, charted or not.
    struct Life {
        std::int64_t committed = 0; ///< of all partitions together
        std::int64_t movedMs = 0, seenMs = 0;
    };
    void takeGroups();
    void takeGroup(const session::GroupSnapshot& group);
    /// Null when others have moved later and there is no room.
    GroupLag* roomFor(const GroupKey& group);
    void forgetGone();
    void follow(const GraphDelta& delta);
    void clear();

    DocumentStore& store_;
    RunController& run_;
    std::int64_t nowMs_ = 0;
    std::map<topology::NodeId, SharedRing> throughput_;
    std::map<GroupKey, GroupLag> lag_;
    std::map<GroupKey, Life> lives_;
    std::int64_t lagSlot_ = -1; ///< the last one taken
};

} // namespace millrace::studio
