#pragma once

#include "session/snapshot.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace millrace::studio {

/// Rates computed from two snapshots; absent where a counter is absent.
struct NodeRates {
    std::optional<double> inPerSecond, outPerSecond;
    bool operator==(const NodeRates&) const = default;
};

/// How many records one partition is behind; absent when nothing was ever committed there: that is no number, never a
/// lag of all there is.
std::optional<std::int64_t> recordsBehind(const session::GroupOffset& offset);

/// How far a group is behind on one topic, over the partitions on which it has committed.
struct TopicLag {
    std::int64_t records = 0;
    std::optional<std::int64_t> ms; ///< of the partition that is furthest behind; absent: not known
    bool known = false;             ///< it has committed something
    std::int64_t members = 0;       ///< of the group
    /// Records per second by which the lag rises; negative while it falls; absent without a snapshot of a second ago.
    std::optional<double> growth;

    static constexpr std::int64_t kWorryingMs = 1000;
    bool worrying() const { return records > 0 && ms.value_or(0) >= kWorryingMs; }
};

/// What is known of the run, worked out once for each snapshot: every view reads it here. A rate is the difference to
/// the snapshot of about a second ago that belongs to the same start of the node; just the snapshots of that second are
/// kept. Ids are interned until clear(). GUI thread only.
class RunModel {
public:
    void add(std::shared_ptr<const session::Snapshot> snapshot);
    void clear();

    /// Of the newest snapshot; null when it has no such node. Valid until the next add() or clear().
    const session::NodeSnapshot* node(const QString& id) const;
    NodeRates rates(const QString& id) const;
    std::optional<double> topicRate(const QString& clusterAndName) const;
    /// Null when the group has no offset of that topic. Valid until the next add() or clear().
    const TopicLag* lag(const std::string& cluster, const std::string& group, const std::string& topic) const;
    /// Every lag of the newest snapshot, by cluster, group, topic.
    using LagKey = std::tuple<std::string, std::string, std::string>;
    const std::map<LagKey, TopicLag>& lags() const { return lags_; }
    /// The nodes that the last add() told something new about, gone ones included.
    const std::vector<std::string>& changed() const { return changed_; }

private:
    using Index = std::uint32_t;
    struct Frame {
        std::shared_ptr<const session::Snapshot> snapshot;
        std::vector<const session::NodeSnapshot*> nodes;         ///< by index; null where the snapshot has none
        std::unordered_map<std::string, std::int64_t> topicEnds; ///< sum over partitions, by "CLUSTER/NAME"
        std::map<LagKey, std::int64_t> lags;
    };
    Frame frameOf(std::shared_ptr<const session::Snapshot> snapshot);
    void takeNodes();
    void takeTopics();
    void takeLags();
    NodeRates rateOf(Index at) const;
    std::optional<Index> indexOf(const QString& id) const;

    std::unordered_map<std::string, Index> index_;
    std::vector<std::string> ids_; ///< by index
    std::deque<Frame> frames_;     ///< oldest first
    std::vector<NodeRates> rates_; ///< by index
    std::unordered_map<std::string, double> topicRates_;
    std::map<LagKey, TopicLag> lags_;
    std::vector<std::string> changed_;
};

} // namespace millrace::studio
