#include "run/run_model.h"

#include <algorithm>

namespace millrace::studio {

namespace {

constexpr std::int64_t kWindowUs = 1'050'000; // one second of frames at 10 Hz, with room for a late one
constexpr std::int64_t kYoungMs = 2000;

std::optional<double> difference(std::optional<std::int64_t> then, std::optional<std::int64_t> now, double seconds) {
    // A counter that fell began again without saying so.
    if (!then || !now || *now < *then) return std::nullopt;
    return static_cast<double>(*now - *then) / seconds;
}

double secondsBetween(const session::Snapshot& then, const session::Snapshot& now) {
    return static_cast<double>(now.monotonicUs - then.monotonicUs) / 1e6;
}

std::int64_t sumOfEnds(const session::TopicSnapshot& topic) {
    std::int64_t sum = 0;
    for (const session::PartitionSnapshot& partition : topic.partitions)
        sum += partition.logEnd;
    return sum;
}

/// Of a node that no earlier snapshot has: what it moved since it started. A short run would never show otherwise.
NodeRates sinceItsStart(const session::NodeSnapshot& node, const session::Snapshot& now) {
    const std::int64_t age = now.wallMs - node.startedMs;
    if (age <= 0 || age > kYoungMs) return {};
    const double seconds = std::max(1.0, static_cast<double>(age) / 1000);
    return {difference(0, node.in, seconds), difference(0, node.out, seconds)};
}

} // namespace

std::optional<std::int64_t> recordsBehind(const session::GroupOffset& offset) {
    if (!offset.committed) return {};
    return std::max<std::int64_t>(0, offset.logEnd - *offset.committed);
}

namespace {

void addPartition(const session::GroupOffset& offset, TopicLag& lag) {
    const auto behind = recordsBehind(offset);
    if (!behind) return;
    lag.known = true;
    lag.records += *behind;
    if (offset.lagMs) lag.ms = std::max(lag.ms.value_or(0), *offset.lagMs);
}

} // namespace

void RunModel::clear() {
    index_.clear();
    ids_.clear();
    frames_.clear();
    rates_.clear();
    topicRates_.clear();
    lags_.clear();
    changed_.clear();
}

RunModel::Frame RunModel::frameOf(std::shared_ptr<const session::Snapshot> snapshot) {
    Frame frame;
    frame.nodes.resize(ids_.size());
    for (const session::NodeSnapshot& node : snapshot->nodes) {
        const auto [found, fresh] = index_.try_emplace(node.id, static_cast<Index>(ids_.size()));
        if (fresh) ids_.push_back(node.id);
        if (frame.nodes.size() < ids_.size()) frame.nodes.resize(ids_.size());
        frame.nodes[found->second] = &node;
    }
    for (const session::TopicSnapshot& topic : snapshot->topics)
        frame.topicEnds.emplace(topic.cluster + '/' + topic.name, sumOfEnds(topic));
    frame.snapshot = std::move(snapshot);
    return frame;
}

void RunModel::add(std::shared_ptr<const session::Snapshot> snapshot) {
    if (!frames_.empty() && snapshot->monotonicUs <= frames_.back().snapshot->monotonicUs) clear();
    while (!frames_.empty() && snapshot->monotonicUs - frames_.front().snapshot->monotonicUs > kWindowUs)
        frames_.pop_front();
    frames_.push_back(frameOf(std::move(snapshot)));
    takeNodes();
    takeTopics();
    takeLags();
}

void RunModel::takeNodes() {
    const Frame& newest = frames_.back();
    const Frame* before = frames_.size() > 1 ? &frames_[frames_.size() - 2] : nullptr;
    changed_.clear();
    rates_.resize(ids_.size());
    for (Index at = 0; at < ids_.size(); ++at) {
        const session::NodeSnapshot* now = newest.nodes[at];
        const session::NodeSnapshot* then = before && at < before->nodes.size() ? before->nodes[at] : nullptr;
        const NodeRates rates = now ? rateOf(at) : NodeRates{};
        const bool same = now && then ? *now == *then && rates == rates_[at] : now == then;
        rates_[at] = rates;
        if (!same) changed_.push_back(ids_[at]);
    }
}

NodeRates RunModel::rateOf(Index at) const {
    const Frame& newest = frames_.back();
    const session::NodeSnapshot& now = *newest.nodes[at];
    for (const Frame& old : frames_) {
        if (&old == &newest) break;
        const session::NodeSnapshot* then = at < old.nodes.size() ? old.nodes[at] : nullptr;
        if (!then || then->startedMs != now.startedMs) continue;
        const double seconds = secondsBetween(*old.snapshot, *newest.snapshot);
        return {difference(then->in, now.in, seconds), difference(then->out, now.out, seconds)};
    }
    return sinceItsStart(now, *newest.snapshot);
}

void RunModel::takeTopics() {
    const Frame& newest = frames_.back();
    topicRates_.clear();
    for (const auto& [topic, end] : newest.topicEnds) {
        for (const Frame& old : frames_) {
            const auto before = old.topicEnds.find(topic);
            if (&old == &newest || before == old.topicEnds.end() || before->second > end) continue;
            topicRates_.emplace(topic, static_cast<double>(end - before->second) /
                                           secondsBetween(*old.snapshot, *newest.snapshot));
            break;
        }
    }
}

void RunModel::takeLags() {
    Frame& newest = frames_.back();
    lags_.clear();
    for (const session::GroupSnapshot& group : newest.snapshot->groups)
        for (const session::GroupOffset& offset : group.offsets) {
            TopicLag& lag = lags_[{group.cluster, group.id, offset.topic}];
            lag.members = group.members;
            addPartition(offset, lag);
        }
    for (auto& [key, lag] : lags_) {
        if (!lag.known) continue;
        newest.lags.emplace(key, lag.records);
        const Frame& oldest = frames_.front();
        const auto before = oldest.lags.find(key);
        if (&oldest == &newest || before == oldest.lags.end()) continue;
        lag.growth =
            static_cast<double>(lag.records - before->second) / secondsBetween(*oldest.snapshot, *newest.snapshot);
    }
}

std::optional<RunModel::Index> RunModel::indexOf(const QString& id) const {
    const auto found = index_.find(id.toStdString());
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

const session::NodeSnapshot* RunModel::node(const QString& id) const {
    const auto at = indexOf(id);
    return at && !frames_.empty() ? frames_.back().nodes[*at] : nullptr;
}

NodeRates RunModel::rates(const QString& id) const {
    const auto at = indexOf(id);
    return at ? rates_[*at] : NodeRates{};
}

std::optional<double> RunModel::topicRate(const QString& clusterAndName) const {
    const auto found = topicRates_.find(clusterAndName.toStdString());
    return found == topicRates_.end() ? std::nullopt : std::optional(found->second);
}

const TopicLag* RunModel::lag(const std::string& cluster, const std::string& group, const std::string& topic) const {
    const auto found = lags_.find({cluster, group, topic});
    return found == lags_.end() ? nullptr : &found->second;
}

} // namespace millrace::studio
