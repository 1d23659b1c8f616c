#pragma once

#include "metrics/pyramid.h"
#include "metrics/rate.h"
#include "session/answer.h"
#include "session/history_lines.h"
#include "session/requests.h"
#include "session/snapshot.h"

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace millrace::session {

/// What was: rates of sources, sinks and topics, and lag of groups, from every snapshot, whether anybody looks or not.
/// Kept over runs, with gaps between. Memory follows what there was within the last three hours: metrics::Pyramid's 18
/// KB for each source, sink and topic, twice that for each partition that a group reads. Of many groups those are kept
/// that moved last. Any thread.
class HistoryRecorder {
public:
    static constexpr std::size_t kMostGroups = 50;
    static constexpr std::size_t kMostPartitions = 64; ///< of a group

    /// The next snapshot in time. One of nothing that runs leaves no trace.
    void add(const Snapshot& snapshot);
    /// Nodes that are called otherwise now go on with what was kept of them.
    void rename(const std::vector<RenamePair>& renames);
    /// One figure over the stretch that is asked for.
    HistoryPage page(const HistoryRequest& request) const;

private:
    struct Flow {
        metrics::Rate rate;
        metrics::Pyramid perSecond;
        std::int64_t seenMs = 0;
    };
    struct PartitionKey {
        std::string topic;
        std::int32_t partition = 0;
        auto operator<=>(const PartitionKey&) const = default;
    };
    struct Lag {
        metrics::Pyramid records, ms;
    };
    struct Group {
        std::int64_t committed = 0; ///< of all partitions together
        std::int64_t movedMs = 0, seenMs = 0;
        bool kept = false;
        std::map<PartitionKey, Lag> partitions; ///< empty while it is not kept
    };

    void addNode(const NodeSnapshot& node, const Snapshot& snapshot);
    void addTopic(const TopicSnapshot& topic, std::int64_t nowUs);
    void addFlow(const std::string& id, std::int64_t nowUs, std::optional<std::int64_t> count, std::int64_t start,
                 std::optional<std::int64_t> ageUs);
    void addGroup(const GroupSnapshot& source);
    /// False: others have moved later, and there is no room.
    bool keep(Group& group);
    void forgetGone();
    std::vector<HistoryCandidate> flowCandidates(const metrics::Grid& grid) const;
    std::vector<HistoryCandidate> lagCandidates(const HistoryRequest& request, const metrics::Grid& grid) const;

    mutable std::mutex mutex_;
    std::int64_t nowMs_ = 0;
    std::unordered_map<std::string, Flow> flows_; ///< by node id
    std::map<GroupKey, Group> groups_;
};

} // namespace millrace::session
