#include "session/sampler.h"

#include "session/issues.h"
#include "session/node_samples.h"
#include "session/runtime.h"

#include <chrono>
#include <set>
#include <string_view>
#include <utility>

namespace millrace::session {

namespace {

std::int64_t monotonicUs() {
    return std::chrono::duration_cast<std::chrono::microseconds>(systemNow().time_since_epoch()).count();
}

using PartitionId = std::pair<std::string_view, std::int32_t>; ///< topic, partition

/// Client ids of the members by what they read. Valid as long as `group`.
std::map<PartitionId, std::string_view> ownersOf(const broker::GroupSnapshot& group) {
    std::map<PartitionId, std::string_view> owners;
    for (const broker::MemberSnapshot& member : group.members)
        for (const broker::AssignedTopic& assigned : member.assignment)
            for (const std::int32_t partition : assigned.partitions)
                owners.emplace(PartitionId{assigned.topic, partition}, member.clientId);
    return owners;
}

GroupSnapshot groupOf(const std::string& cluster, const broker::GroupSnapshot& source) {
    GroupSnapshot group{cluster, source.id, source.state, static_cast<std::int64_t>(source.members.size()), {}};
    const auto owners = ownersOf(source);
    for (const broker::OffsetSnapshot& offset : source.offsets) {
        const auto owner = owners.find({offset.topic, offset.partition});
        group.offsets.push_back({offset.topic, offset.partition, offset.committed, 0, std::nullopt,
                                 owner == owners.end() ? std::string() : std::string(owner->second)});
    }
    return group;
}

TopicSnapshot topicOf(const std::string& cluster, const broker::TopicSnapshot& source) {
    TopicSnapshot topic{cluster, source.name, source.internal, {}};
    for (const broker::PartitionSnapshot& partition : source.partitions)
        topic.partitions.push_back(
            {partition.id, partition.logStart, partition.nextOffset, static_cast<std::int64_t>(partition.bytes)});
    return topic;
}

void addState(const std::vector<std::string>& ids, State state, std::set<std::string>& known, Snapshot& snapshot) {
    for (const std::string& id : ids) {
        if (!known.insert(id).second) continue;
        NodeSnapshot node;
        node.id = id;
        node.state = state;
        snapshot.nodes.push_back(std::move(node));
    }
}

} // namespace

std::shared_ptr<const Snapshot> Sampler::sample(const Runtime& runtime) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->revision = ++revision_;
    snapshot->epoch = runtime.epoch();
    snapshot->monotonicUs = monotonicUs();
    snapshot->wallMs = systemEpochMs();
    nowMs_ = snapshot->monotonicUs / 1000;
    std::vector<BrokerLooks::Embedded> embedded; // looked at after the lock was let go: a look may wait
    std::vector<Watched> watched;
    runtime.withParts([&](const RunParts& parts) {
        snapshot->running = runtime.running();
        for (const RunningAgent& agent : parts.agents)
            addAgent(agent, *snapshot);
        for (const RunningTraffic& traffic : parts.traffic)
            addTraffic(traffic, *snapshot);
        for (const RunningBroker& broker : parts.brokers)
            embedded.push_back({broker.plan.id, broker.broker});
        for (const WatchedCluster& cluster : parts.watched)
            watched.push_back({cluster.plan, cluster.watcher->view()});
        std::set<std::string> known;
        for (const NodeSnapshot& node : snapshot->nodes)
            known.insert(node.id);
        addState(parts.foreign, State::foreign, known, *snapshot);
        addState(parts.notRun, State::notRun, known, *snapshot);
    });
    for (const BrokerLooks::Look& look : brokers_.look(embedded))
        addBroker(look, *snapshot);
    for (const Watched& cluster : watched)
        addWatched(cluster, *snapshot);
    observeLogEnds(*snapshot);
    addGroupLags(*snapshot);
    snapshot->account = accounts_.add(*snapshot);
    return snapshot;
}

void Sampler::addBroker(const BrokerLooks::Look& look, Snapshot& snapshot) {
    ClusterSnapshot cluster;
    cluster.id = look.id;
    cluster.address = look.address;
    cluster.listeners = look.listeners;
    cluster.embedded = true;
    cluster.state = look.silent ? State::failing : State::running;
    if (look.silent) tell(sessionError("broker-silent", {look.address}), cluster);
    cluster.connections = static_cast<std::int64_t>(look.told->connections);
    snapshot.clusters.push_back(std::move(cluster));
    for (const broker::TopicSnapshot& topic : look.told->topics)
        snapshot.topics.push_back(topicOf(look.id, topic));
    for (const broker::GroupSnapshot& group : look.told->groups)
        snapshot.groups.push_back(groupOf(look.id, group));
}

void Sampler::addWatched(const Watched& watched, Snapshot& snapshot) {
    const metrics::ClusterView& view = watched.view;
    ClusterSnapshot cluster;
    cluster.id = watched.plan.id;
    cluster.address = watched.plan.servers;
    cluster.state = !view.error.empty() ? State::failing : view.reached ? State::running : State::starting;
    if (!view.error.empty()) tell(sessionError("cluster-unreachable", {watched.plan.servers, view.error}), cluster);
    snapshot.clusters.push_back(std::move(cluster));
    for (const std::string& name : view.topics)
        snapshot.topics.push_back({watched.plan.id, name, name.starts_with("__"), {}});
    for (const metrics::ClusterView::Group& source : view.groups) {
        GroupSnapshot group{watched.plan.id, source.name, source.state, static_cast<std::int64_t>(source.members), {}};
        for (const metrics::ClusterView::Offset& offset : source.offsets) {
            group.offsets.push_back({offset.topic, offset.partition, offset.committed, offset.logEnd, std::nullopt, {}});
            history_[{watched.plan.id, offset.topic, offset.partition}].observe(nowMs_, offset.logEnd);
        }
        snapshot.groups.push_back(std::move(group));
    }
}

void Sampler::observeLogEnds(const Snapshot& snapshot) {
    for (const TopicSnapshot& topic : snapshot.topics)
        for (const PartitionSnapshot& partition : topic.partitions)
            history_[{topic.cluster, topic.name, partition.id}].observe(nowMs_, partition.logEnd);
    // Topics come and go; what is gone is forgotten, so that memory follows what exists.
    if (revision_ % 600 != 0) return;
    std::set<std::pair<std::string_view, std::string_view>> known;
    for (const TopicSnapshot& topic : snapshot.topics)
        known.emplace(topic.cluster, topic.name);
    std::erase_if(history_, [&](const auto& entry) {
        return !known.contains({std::get<0>(entry.first), std::get<1>(entry.first)});
    });
}

void Sampler::addGroupLags(Snapshot& snapshot) const {
    using Place = std::tuple<std::string_view, std::string_view, std::int32_t>; // cluster, topic, partition
    std::map<Place, std::int64_t> ends;
    if (!snapshot.groups.empty())
        for (const TopicSnapshot& topic : snapshot.topics)
            for (const PartitionSnapshot& partition : topic.partitions)
                ends.emplace(Place{topic.cluster, topic.name, partition.id}, partition.logEnd);
    for (GroupSnapshot& group : snapshot.groups) {
        for (GroupOffset& offset : group.offsets) {
            const auto end = ends.find(Place{group.cluster, offset.topic, offset.partition});
            if (end != ends.end()) offset.logEnd = end->second;
            const auto history = history_.find({group.cluster, offset.topic, offset.partition});
            if (offset.committed && history != history_.end())
                offset.lagMs = history->second.lagMs(nowMs_, *offset.committed);
        }
    }
}

} // namespace millrace::session
