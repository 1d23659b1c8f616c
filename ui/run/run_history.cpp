#include "run/run_history.h"

#include "document/document_store.h"
#include "run/run_controller.h"

#include <algorithm>

namespace millrace::studio {

namespace {

/// What a component moves: a source or traffic by what leaves it, a sink by what it delivered.
std::optional<double> movedPerSecond(const NodeRates& rates) {
    return rates.outPerSecond ? rates.outPerSecond : rates.inPerSecond;
}

constexpr std::int64_t kKeptMs = RunHistory::kLagStepMs * static_cast<std::int64_t>(RunHistory::kLagCapacity);
constexpr std::int64_t kStillMs = 60'000; ///< a group that has not moved for so long makes room for one that has

SharedRing newLagRing() {
    return std::make_shared<SampleRing>(RunHistory::kLagStepMs, RunHistory::kLagCapacity);
}

SharedRing newRing() {
    return std::make_shared<SampleRing>(RunHistory::kStepMs, RunHistory::kCapacity);
}

} // namespace

RunHistory::RunHistory(DocumentStore& store, RunController& run, QObject* parent)
    : QObject(parent), store_(store), run_(run) {
    connect(&run, &RunController::snapshotChanged, this, &RunHistory::take);
    connect(&store, &DocumentStore::changed, this,
            [this](const topology::Edit&, const GraphDelta& delta) { follow(delta); });
}

std::shared_ptr<const SampleRing> RunHistory::throughput(const topology::NodeId& nodeId) const {
    const auto found = throughput_.find(nodeId);
    return found == throughput_.end() ? nullptr : found->second;
}

std::vector<GroupKey> RunHistory::groups() const {
    std::vector<GroupKey> keys;
    for (const auto& [key, partitions] : lag_)
        keys.push_back(key);
    return keys;
}

const std::map<PartitionKey, PartitionLag>* RunHistory::lag(const GroupKey& group) const {
    const auto found = lag_.find(group);
    return found == lag_.end() ? nullptr : &found->second;
}

void RunHistory::take() {
    const auto snapshot = run_.snapshot();
    if (!snapshot->running) return;
    const std::int64_t now = snapshot->monotonicUs / 1000;
    if (now < nowMs_) clear();
    nowMs_ = now;
    for (const session::NodeSnapshot& node : snapshot->nodes) {
        const topology::Node* drawn = store_.graph().find(node.id);
        if (drawn && (drawn->kind == topology::NodeKind::source || drawn->kind == topology::NodeKind::sink))
            takeThroughput(node.id, movedPerSecond(run_.rates(QString::fromStdString(node.id))));
    }
    for (const session::TopicSnapshot& topic : snapshot->topics) {
        const topology::Node* drawn = store_.graph().topic(topic.cluster, topic.name);
        if (drawn) takeThroughput(drawn->id, run_.topicRate(QString::fromStdString(topic.cluster + '/' + topic.name)));
    }
    takeGroups();
    emit grown();
}

void RunHistory::takeThroughput(const topology::NodeId& node, std::optional<double> perSecond) {
    auto found = throughput_.find(node);
    if (found == throughput_.end()) {
        if (throughput_.size() >= kMostNodes) return;
        found = throughput_.emplace(node, newRing()).first;
    }
    found->second->put(nowMs_, perSecond);
}

void RunHistory::takeGroups() {
    if (nowMs_ / kLagStepMs == lagSlot_) return;
    lagSlot_ = nowMs_ / kLagStepMs;
    for (const session::GroupSnapshot& group : run_.snapshot()->groups)
        takeGroup(group);
    forgetGone();
}

// An offset that was never committed makes a gap.
void RunHistory::takeGroup(const session::GroupSnapshot& group) {
    const GroupKey key{group.cluster, group.id};
    std::int64_t committed = 0;
    for (const session::GroupOffset& offset : group.offsets)
        committed += offset.committed.value_or(0);
    Life& life = lives_.try_emplace(key, Life{committed, nowMs_, nowMs_}).first->second;
    if (life.committed != committed) life.movedMs = nowMs_;
    life.committed = committed;
    life.seenMs = nowMs_;
    GroupLag* partitions = roomFor(key);
    if (!partitions) return;
    for (const session::GroupOffset& offset : group.offsets) {
        auto found = partitions->find({offset.topic, offset.partition});
        if (found == partitions->end()) {
            if (partitions->size() >= kMostPartitions) continue;
            found = partitions
                        ->emplace(PartitionKey{offset.topic, offset.partition},
                                  PartitionLag{newLagRing(), newLagRing()})
                        .first;
        }
        std::optional<double> records, seconds;
        if (const auto behind = recordsBehind(offset)) records = static_cast<double>(*behind);
        if (offset.lagMs) seconds = static_cast<double>(*offset.lagMs) / 1000;
        found->second.records->put(nowMs_, records);
        found->second.seconds->put(nowMs_, seconds);
    }
}

GroupLag* RunHistory::roomFor(const GroupKey& group) {
    if (const auto found = lag_.find(group); found != lag_.end()) return &found->second;
    if (lag_.size() >= kMostGroups) {
        const auto movedMs = [this](const auto& entry) { return lives_.at(entry.first).movedMs; };
        const auto stillest = std::ranges::min_element(lag_, {}, movedMs);
        // Groups that all move must not take each other's place in turns.
        if (movedMs(*stillest) + kStillMs > lives_.at(group).movedMs) return nullptr;
        lag_.erase(stillest);
    }
    return &lag_[group];
}

void RunHistory::forgetGone() {
    std::erase_if(lives_, [this](const auto& entry) {
        const bool gone = entry.second.seenMs + kKeptMs < nowMs_;
        if (gone) lag_.erase(entry.first);
        return gone;
    });
}

void RunHistory::follow(const GraphDelta& delta) {
    if (delta.loaded) {
        clear();
        return;
    }
    // All are taken out first: two that exchange their names must not meet.
    std::vector<std::pair<topology::NodeId, SharedRing>> moved;
    for (const GraphDelta::Renamed& rename : delta.renamed)
        if (auto found = throughput_.extract(rename.from)) moved.emplace_back(rename.to, std::move(found.mapped()));
    for (auto& [node, ring] : moved)
        throughput_.insert_or_assign(node, std::move(ring));
}

void RunHistory::clear() {
    throughput_.clear();
    lag_.clear();
    lives_.clear();
    lagSlot_ = -1;
    nowMs_ = 0;
    emit grown();
}

} // namespace millrace::studio
