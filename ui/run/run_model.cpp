#include "run/run_model.h"

#include <algorithm>
#include <utility>

namespace millrace::studio {

namespace {

constexpr std::int64_t kWindowUs = 1'050'000; // one second of snapshots at 10 Hz, with room for a late one

std::int64_t sumOfEnds(const session::TopicSnapshot& topic) {
    std::int64_t sum = 0;
    for (const session::PartitionSnapshot& partition : topic.partitions)
        sum += partition.logEnd;
    return sum;
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

NodeRates ratesOf(metrics::Rate& in, metrics::Rate& out, const session::NodeSnapshot& node,
                  const session::Snapshot& snapshot) {
    const std::int64_t ageUs = (snapshot.wallMs - node.startedMs) * 1000;
    in.observe(snapshot.monotonicUs, node.in, node.startedMs, ageUs);
    out.observe(snapshot.monotonicUs, node.out, node.startedMs, ageUs);
    return {in.perSecond(), out.perSecond()};
}

} // namespace

void RunModel::clear() {
    *this = {};
}

void RunModel::add(std::shared_ptr<const session::Snapshot> snapshot) {
    if (newest_ && snapshot->monotonicUs <= newest_->monotonicUs) startAfresh();
    const auto before = std::exchange(newest_, std::move(snapshot)); // compared with until the end
    takeNodes();
    takeTopics();
    takeLags();
}

// Another run: its nodes have nothing to do with those of before, but whoever shows those has to hear of it.
void RunModel::startAfresh() {
    std::vector<std::string> former;
    for (const Known& known : nodes_)
        if (known.node) former.push_back(known.id);
    clear();
    former_ = std::move(former);
}

void RunModel::takeNodes() {
    std::vector<const session::NodeSnapshot*> then;
    for (Known& known : nodes_)
        then.push_back(std::exchange(known.node, nullptr));
    for (const session::NodeSnapshot& node : newest_->nodes) {
        const auto [found, fresh] = index_.try_emplace(node.id, nodes_.size());
        if (fresh) nodes_.push_back({.id = node.id});
        nodes_[found->second].node = &node;
    }
    then.resize(nodes_.size());
    changed_.clear();
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
        Known& known = nodes_[at];
        const session::NodeSnapshot* now = known.node;
        const NodeRates rates = now ? ratesOf(known.in, known.out, *now, *newest_) : NodeRates{};
        const bool same = now && then[at] ? *now == *then[at] && rates == known.rates : now == then[at];
        known.rates = rates;
        if (!same) changed_.push_back(known.id);
    }
    for (std::string& id : std::exchange(former_, {}))
        if (!index_.contains(id)) changed_.push_back(std::move(id));
}

void RunModel::takeTopics() {
    std::unordered_map<std::string, metrics::Rate> topics;
    for (const session::TopicSnapshot& topic : newest_->topics) {
        std::string key = topic.cluster + '/' + topic.name;
        metrics::Rate rate;
        if (auto found = topics_.extract(key)) rate = std::move(found.mapped());
        rate.observe(newest_->monotonicUs, sumOfEnds(topic));
        topics.emplace(std::move(key), std::move(rate));
    }
    topics_ = std::move(topics);
}

void RunModel::takeLags() {
    lags_.clear();
    for (const session::GroupSnapshot& group : newest_->groups)
        for (const session::GroupOffset& offset : group.offsets) {
            TopicLag& lag = lags_[{group.cluster, group.id, offset.topic}];
            lag.members = group.members;
            addPartition(offset, lag);
        }
    const std::int64_t now = newest_->monotonicUs;
    while (!pastLags_.empty() && now - pastLags_.front().timeUs > kWindowUs)
        pastLags_.pop_front();
    PastLags& present = pastLags_.emplace_back();
    present.timeUs = now;
    for (auto& [key, lag] : lags_) {
        if (!lag.known) continue;
        present.records.emplace(key, lag.records);
        const PastLags& oldest = pastLags_.front();
        const auto before = oldest.records.find(key);
        if (&oldest == &present || before == oldest.records.end()) continue;
        lag.growth = static_cast<double>(lag.records - before->second) * 1e6 / static_cast<double>(now - oldest.timeUs);
    }
}

const RunModel::Known* RunModel::known(const QString& id) const {
    const auto found = index_.find(id.toStdString());
    return found == index_.end() ? nullptr : &nodes_[found->second];
}

const session::NodeSnapshot* RunModel::node(const QString& id) const {
    const Known* found = known(id);
    return found ? found->node : nullptr;
}

NodeRates RunModel::rates(const QString& id) const {
    const Known* found = known(id);
    return found ? found->rates : NodeRates{};
}

std::optional<double> RunModel::topicRate(const QString& clusterAndName) const {
    const auto found = topics_.find(clusterAndName.toStdString());
    return found == topics_.end() ? std::nullopt : found->second.perSecond();
}

const TopicLag* RunModel::lag(const std::string& cluster, const std::string& group, const std::string& topic) const {
    const auto found = lags_.find({cluster, group, topic});
    return found == lags_.end() ? nullptr : &found->second;
}

} // namespace millrace::studio
