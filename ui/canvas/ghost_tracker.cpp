#include "canvas/ghost_tracker.h"

#include <algorithm>
#include <set>

namespace millrace::canvas {

namespace {

constexpr std::int64_t kIdleUs = 600'000'000; // ten minutes

using TopicKey = std::pair<std::string, std::string>; // cluster, name

std::set<TopicKey> declaredTopics(const topology::Graph& graph) {
    std::set<TopicKey> topics;
    for (const topology::Node& node : graph.nodes)
        if (node.kind == topology::NodeKind::topic)
            topics.emplace(node.valueOr("cluster"), node.valueOr("name", node.name));
    return topics;
}

std::set<std::pair<TopicKey, std::string>> declaredGroups(const topology::Graph& graph) {
    std::set<std::pair<TopicKey, std::string>> groups;
    for (const topology::Wire& wire : graph.wires) {
        if (wire.kind != topology::WireKind::consume) continue;
        if (const topology::Node* topic = graph.find(wire.from))
            groups.emplace(TopicKey(topic->valueOr("cluster"), topic->valueOr("name", topic->name)), wire.label);
    }
    return groups;
}

Ghost topicGhost(const session::TopicSnapshot& topic) {
    const QString id = QString::fromStdString("ghost/topic/" + topic.cluster + '/' + topic.name);
    return {Ghost::Kind::topic, id, topic.cluster, topic.name, {}};
}

Ghost groupGhost(const session::GroupSnapshot& group, const std::string& topic) {
    const QString id = QString::fromStdString("ghost/group/" + group.cluster + '/' + topic + '/' + group.id);
    return {Ghost::Kind::group, id, group.cluster, topic, group.id};
}

} // namespace

bool GhostTracker::fresh(const QString& id, std::int64_t mark, std::int64_t nowUs) {
    const auto [at, isNew] = seen_.try_emplace(id, Seen{mark, nowUs});
    Seen& seen = at->second;
    if (isNew || seen.mark != mark || seen.sinceUs > nowUs) seen = {mark, nowUs};
    return nowUs - seen.sinceUs < kIdleUs;
}

std::vector<Ghost> GhostTracker::update(const session::Snapshot& snapshot, const topology::Graph& graph) {
    const auto topics = declaredTopics(graph);
    const auto groups = declaredGroups(graph);
    std::vector<Ghost> ghosts;
    for (const session::TopicSnapshot& topic : snapshot.topics) {
        if (topic.internal || topics.contains({topic.cluster, topic.name})) continue;
        std::int64_t mark = static_cast<std::int64_t>(topic.partitions.size());
        for (const session::PartitionSnapshot& partition : topic.partitions)
            mark += partition.logEnd;
        Ghost ghost = topicGhost(topic);
        if (fresh(ghost.id, mark, snapshot.monotonicUs)) ghosts.push_back(std::move(ghost));
    }
    for (const session::GroupSnapshot& group : snapshot.groups) {
        std::map<std::string, std::int64_t> marks; // by topic
        for (const session::GroupOffset& offset : group.offsets)
            marks[offset.topic] += offset.committed.value_or(0) + 7 * group.members;
        for (const auto& [topic, mark] : marks) {
            if (groups.contains({{group.cluster, topic}, group.id})) continue;
            Ghost ghost = groupGhost(group, topic);
            if (fresh(ghost.id, mark, snapshot.monotonicUs)) ghosts.push_back(std::move(ghost));
        }
    }
    return ghosts;
}

} // namespace millrace::canvas
