#include "session/sampler.h"

#include "session/issues.h"
#include "session/node_samples.h"
#include "session/runtime.h"

#include <algorithm>
#include <chrono>

namespace millrace::session {

namespace {

std::int64_t monotonicUs() {
    return std::chrono::duration_cast<std::chrono::microseconds>(systemNow().time_since_epoch()).count();
}

/// Client id of the member that reads the partition; empty when nobody does.
std::string ownerOf(const broker::GroupSnapshot& group, const std::string& topic, std::int32_t partition) {
    for (const broker::MemberSnapshot& member : group.members)
        for (const broker::AssignmentSnapshot& assigned : member.assignment)
            if (assigned.topic == topic &&
                std::find(assigned.partitions.begin(), assigned.partitions.end(), partition) != assigned.partitions.end())
                return member.clientId;
    return {};
}

void addState(const std::vector<std::string>& ids, State state, Snapshot& snapshot) {
    for (const std::string& id : ids) {
        if (snapshot.node(id) != nullptr) continue;
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
    runtime.withParts([&](const RunParts& parts) {
        snapshot->running = runtime.running();
        for (const RunningAgent& agent : parts.agents)
            addAgent(agent, *snapshot);
        for (const RunningTraffic& traffic : parts.traffic)
            addTraffic(traffic, *snapshot);
        for (const RunningBroker& broker : parts.brokers)
            addBroker(broker, *snapshot);
        for (const WatchedCluster& cluster : parts.watched)
            addWatched(cluster, *snapshot);
        addState(parts.foreign, State::foreign, *snapshot);
        addState(parts.notRun, State::notRun, *snapshot);
    });
    observeLogEnds(*snapshot);
    for (GroupSnapshot& group : snapshot->groups) addGroupLag(group, *snapshot);
    snapshot->account = accounts_.add(*snapshot);
    return snapshot;
}

void Sampler::addBroker(const RunningBroker& running, Snapshot& snapshot) {
    const broker::BrokerSnapshot from = running.broker->snapshot();
    ClusterSnapshot cluster;
    cluster.id = running.plan.id;
    cluster.address = running.broker->address().toString();
    cluster.embedded = true;
    cluster.state = State::running;
    cluster.connections = static_cast<std::int64_t>(from.connections);
    snapshot.clusters.push_back(std::move(cluster));
    for (const broker::TopicSnapshot& source : from.topics) {
        TopicSnapshot topic{running.plan.id, source.name, source.internal, {}};
        for (const broker::PartitionSnapshot& partition : source.partitions)
            topic.partitions.push_back({partition.id, partition.logStart, partition.nextOffset,
                                        static_cast<std::int64_t>(partition.bytes)});
        snapshot.topics.push_back(std::move(topic));
    }
    for (const broker::GroupSnapshot& source : from.groups) {
        GroupSnapshot group{running.plan.id, source.id, source.state, static_cast<std::int64_t>(source.members.size()), {}};
        for (const broker::OffsetSnapshot& offset : source.offsets)
            group.offsets.push_back({offset.topic, offset.partition, offset.committed, 0, std::nullopt,
                                     ownerOf(source, offset.topic, offset.partition)});
        snapshot.groups.push_back(std::move(group));
    }
}

void Sampler::addWatched(const WatchedCluster& watched, Snapshot& snapshot) {
    const metrics::ClusterView view = watched.watcher->view();
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
    std::erase_if(history_, [&](const auto& entry) {
        return std::none_of(snapshot.topics.begin(), snapshot.topics.end(), [&](const TopicSnapshot& topic) {
            return topic.cluster == std::get<0>(entry.first) && topic.name == std::get<1>(entry.first);
        });
    });
}

void Sampler::addGroupLag(GroupSnapshot& group, const Snapshot& snapshot) {
    for (GroupOffset& offset : group.offsets) {
        for (const TopicSnapshot& topic : snapshot.topics) {
            if (topic.cluster != group.cluster || topic.name != offset.topic) continue;
            for (const PartitionSnapshot& partition : topic.partitions)
                if (partition.id == offset.partition) offset.logEnd = partition.logEnd;
        }
        const auto history = history_.find({group.cluster, offset.topic, offset.partition});
        if (offset.committed && history != history_.end()) offset.lagMs = history->second.lagMs(nowMs_, *offset.committed);
    }
}

} // namespace millrace::session
