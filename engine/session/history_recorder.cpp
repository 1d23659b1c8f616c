#include "session/history_recorder.h"

#include "session/node_ids.h"

#include <algorithm>
#include <utility>

namespace millrace::session {

namespace {

constexpr std::int64_t kStillMs = 60'000; ///< a group that has not moved for so long makes room for one that has

/// What a component moves: a source by what leaves it, a sink by what it delivered.
std::optional<std::int64_t> movedBy(const NodeSnapshot& node) {
    return node.out ? node.out : node.in;
}

std::optional<std::int64_t> endOf(const TopicSnapshot& topic) {
    if (topic.partitions.empty()) return std::nullopt; // of a cluster that is only watched
    std::int64_t sum = 0;
    for (const PartitionSnapshot& partition : topic.partitions)
        sum += partition.logEnd;
    return sum;
}

bool isLag(const std::string& figure) {
    return figure == HistoryRequest::kLagRecords || figure == HistoryRequest::kLagMs;
}

} // namespace

void HistoryRecorder::add(const Snapshot& snapshot) {
    if (!snapshot.running) return;
    const std::lock_guard lock(mutex_);
    nowMs_ = std::max(nowMs_, snapshot.monotonicUs / 1000);
    for (const NodeSnapshot& node : snapshot.nodes)
        addNode(node, snapshot);
    for (const TopicSnapshot& topic : snapshot.topics)
        if (!topic.internal) addTopic(topic, snapshot.monotonicUs);
    for (const GroupSnapshot& group : snapshot.groups)
        addGroup(group);
    forgetGone();
}

void HistoryRecorder::addNode(const NodeSnapshot& node, const Snapshot& snapshot) {
    const std::string_view kind = componentKind(node.id);
    if (kind != "sources" && kind != "sinks") return;
    addFlow(node.id, snapshot.monotonicUs, movedBy(node), node.startedMs, (snapshot.wallMs - node.startedMs) * 1000);
}

void HistoryRecorder::addTopic(const TopicSnapshot& topic, std::int64_t nowUs) {
    addFlow("topic/" + topic.cluster + '/' + topic.name, nowUs, endOf(topic), 0, std::nullopt);
}

void HistoryRecorder::addFlow(const std::string& id, std::int64_t nowUs, std::optional<std::int64_t> count,
                              std::int64_t start, std::optional<std::int64_t> ageUs) {
    Flow& flow = flows_[id];
    flow.rate.observe(nowUs, count, start, ageUs);
    flow.perSecond.put(nowMs_, flow.rate.perSecond());
    flow.seenMs = nowMs_;
}

void HistoryRecorder::addGroup(const GroupSnapshot& source) {
    std::int64_t committed = 0;
    for (const GroupOffset& offset : source.offsets)
        committed += offset.committed.value_or(0);
    const auto [found, fresh] = groups_.try_emplace({source.cluster, source.id});
    Group& group = found->second;
    if (fresh || group.committed != committed) group.movedMs = nowMs_;
    group.committed = committed;
    group.seenMs = nowMs_;
    if (!keep(group)) return;
    for (const GroupOffset& offset : source.offsets) {
        const PartitionKey key{offset.topic, offset.partition};
        auto lag = group.partitions.find(key);
        if (lag == group.partitions.end()) {
            if (group.partitions.size() >= kMostPartitions) continue;
            lag = group.partitions.try_emplace(key).first;
        }
        // What was never committed is a gap, not a lag of all there is.
        std::optional<double> records, ms;
        if (offset.committed)
            records = static_cast<double>(std::max<std::int64_t>(0, offset.logEnd - *offset.committed));
        if (offset.lagMs) ms = static_cast<double>(*offset.lagMs);
        lag->second.records.put(nowMs_, records);
        lag->second.ms.put(nowMs_, ms);
    }
}

bool HistoryRecorder::keep(Group& group) {
    if (group.kept) return true;
    Group* stillest = nullptr;
    std::size_t kept = 0;
    for (auto& [key, other] : groups_) {
        if (!other.kept) continue;
        ++kept;
        if (!stillest || other.movedMs < stillest->movedMs) stillest = &other;
    }
    if (kept >= kMostGroups) {
        // Groups that all move must not take each other's place in turns.
        if (stillest->movedMs + kStillMs > group.movedMs) return false;
        stillest->kept = false;
        stillest->partitions.clear();
    }
    return group.kept = true;
}

void HistoryRecorder::forgetGone() {
    const auto gone = [this](const auto& entry) { return entry.second.seenMs + metrics::Pyramid::kReachMs < nowMs_; };
    std::erase_if(flows_, gone);
    std::erase_if(groups_, gone);
}

void HistoryRecorder::rename(const std::vector<RenamePair>& renames) {
    const std::lock_guard lock(mutex_);
    // All are taken out first: two that exchange their names must not meet.
    std::vector<std::pair<std::string, Flow>> moved;
    for (const RenamePair& rename : renames)
        if (auto found = flows_.extract(rename.from)) moved.emplace_back(rename.to, std::move(found.mapped()));
    for (auto& [id, flow] : moved)
        flows_.insert_or_assign(id, std::move(flow));
}

std::vector<HistoryCandidate> HistoryRecorder::flowCandidates(const metrics::Grid& grid) const {
    std::vector<HistoryCandidate> found;
    for (const auto& [id, flow] : flows_)
        if (flow.seenMs == nowMs_) found.push_back({id, flow.perSecond.columns(grid)});
    return found;
}

std::vector<HistoryCandidate> HistoryRecorder::lagCandidates(const HistoryRequest& request,
                                                             const metrics::Grid& grid) const {
    std::vector<HistoryCandidate> found;
    const auto group = groups_.find({request.cluster, request.group});
    if (group == groups_.end()) return found;
    for (const auto& [key, lag] : group->second.partitions) {
        const metrics::Pyramid& samples = request.figure == HistoryRequest::kLagMs ? lag.ms : lag.records;
        found.push_back({key.topic + '/' + std::to_string(key.partition), samples.columns(grid)});
    }
    return found;
}

HistoryPage HistoryRecorder::page(const HistoryRequest& request) const {
    const std::lock_guard lock(mutex_);
    HistoryPage page;
    page.nowMs = nowMs_;
    page.fromMs = std::max({request.sinceMs, nowMs_ - request.windowMs, std::int64_t(0)});
    const metrics::Grid grid =
        metrics::Pyramid::gridFor(page.fromMs, nowMs_, static_cast<std::size_t>(request.maxColumns));
    if (request.figure == HistoryRequest::kThroughput)
        putLines(flowCandidates(grid), request, grid, page);
    else if (isLag(request.figure))
        putLines(lagCandidates(request, grid), request, grid, page);
    for (const auto& [key, group] : groups_)
        if (group.kept && group.seenMs >= page.fromMs) page.groups.push_back(key);
    return page;
}

} // namespace millrace::session
