#pragma once

#include "metrics/rate.h"
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

/// What is known of the run, worked out once for each snapshot: every view reads it here. Ids are interned until clear().
/// GUI thread only.
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
    /// Of one node, whether the newest snapshot has it or not.
    struct Known {
        std::string id;
        const session::NodeSnapshot* node = nullptr; ///< of the newest snapshot; null: it has none
        metrics::Rate in, out;
        NodeRates rates;
    };
    /// How far the groups were behind at one moment of the last second.
    struct PastLags {
        std::int64_t timeUs = 0;
        std::map<LagKey, std::int64_t> records;
    };
    void startAfresh();
    void takeNodes();
    void takeTopics();
    void takeLags();
    const Known* known(const QString& id) const;

    std::shared_ptr<const session::Snapshot> newest_;
    std::unordered_map<std::string, std::size_t> index_; ///< into nodes_
    std::vector<Known> nodes_;
    std::unordered_map<std::string, metrics::Rate> topics_; ///< by "CLUSTER/NAME"
    std::map<LagKey, TopicLag> lags_;
    std::deque<PastLags> pastLags_; ///< oldest first
    std::vector<std::string> changed_;
    std::vector<std::string> former_; ///< nodes of the run before, until the next snapshot is taken in
};

} // namespace millrace::studio
