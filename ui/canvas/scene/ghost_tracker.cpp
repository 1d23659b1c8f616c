#include "canvas/scene/ghost_tracker.h"

#include <algorithm>
#include <functional>
#include <set>

namespace millrace::canvas {

namespace {

constexpr std::int64_t kIdleUs = 600'000'000; // ten minutes
constexpr std::size_t kMostOfACluster = 8;

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
    return {Ghost::Kind::topic, id, topic.cluster, topic.name, {}, 1};
}

Ghost groupGhost(const session::GroupSnapshot& group, const std::string& topic) {
    const QString id = QString::fromStdString("ghost/group/" + group.cluster + '/' + topic + '/' + group.id);
    return {Ghost::Kind::group, id, group.cluster, topic, group.id, 1};
}

bool isExternal(const session::Snapshot& snapshot, const std::string& cluster) {
    return std::ranges::any_of(snapshot.clusters, [&](const session::ClusterSnapshot& known) {
        return known.id == cluster && !known.embedded;
    });
}

std::set<TopicKey> readTopics(const session::Snapshot& snapshot) {
    std::set<TopicKey> topics;
    for (const session::GroupSnapshot& group : snapshot.groups)
        for (const session::GroupOffset& offset : group.offsets)
            topics.emplace(group.cluster, offset.topic);
    return topics;
}

} // namespace

void GhostTracker::clear() {
    seen_.clear();
    shown_.clear();
}

/// Null when nothing has moved for too long.
const GhostTracker::Seen* GhostTracker::fresh(const QString& id, std::int64_t mark, std::int64_t nowUs) {
    const auto [at, isNew] = seen_.try_emplace(id, Seen{mark, nowUs});
    Seen& seen = at->second;
    if (seen.mark != mark || seen.sinceUs > nowUs) seen = {mark, nowUs, seen.moved || seen.mark != mark};
    return nowUs - seen.sinceUs < kIdleUs ? &seen : nullptr;
}

GhostTracker::Candidates GhostTracker::topics(const session::Snapshot& snapshot, const topology::Graph& graph) {
    const auto declared = declaredTopics(graph), read = readTopics(snapshot);
    Candidates candidates;
    for (const session::TopicSnapshot& topic : snapshot.topics) {
        const TopicKey key(topic.cluster, topic.name);
        if (topic.internal || declared.contains(key)) continue;
        std::int64_t mark = static_cast<std::int64_t>(topic.partitions.size());
        for (const session::PartitionSnapshot& partition : topic.partitions)
            mark += partition.logEnd;
        Ghost ghost = topicGhost(topic);
        if (const Seen* seen = fresh(ghost.id, mark, snapshot.monotonicUs))
            candidates[topic.cluster].push_back({std::move(ghost), seen->moved || read.contains(key)});
    }
    return candidates;
}

GhostTracker::Candidates GhostTracker::groups(const session::Snapshot& snapshot, const topology::Graph& graph,
                                              const std::vector<Ghost>& topics) {
    const auto declared = declaredGroups(graph);
    std::set<TopicKey> drawn = declaredTopics(graph);
    for (const Ghost& ghost : topics)
        if (ghost.kind == Ghost::Kind::topic) drawn.emplace(ghost.cluster, ghost.topic);
    Candidates candidates;
    for (const session::GroupSnapshot& group : snapshot.groups) {
        std::map<std::string, std::int64_t> marks; // by topic
        for (const session::GroupOffset& offset : group.offsets)
            marks[offset.topic] += offset.committed.value_or(0) + 7 * group.members;
        for (const auto& [topic, mark] : marks) {
            const TopicKey key(group.cluster, topic);
            if (!drawn.contains(key) || declared.contains({key, group.id})) continue;
            Ghost ghost = groupGhost(group, topic);
            if (fresh(ghost.id, mark, snapshot.monotonicUs))
                candidates[group.cluster].push_back({std::move(ghost), true});
        }
    }
    return candidates;
}

void GhostTracker::choose(Candidates& candidates, Ghost::Kind rest, const session::Snapshot& snapshot,
                          std::vector<Ghost>& into) const {
    for (auto& [cluster, all] : candidates) {
        // What has been shown keeps its place, unless something more interesting comes.
        std::ranges::stable_sort(all, std::greater(), [this](const Candidate& candidate) {
            return std::pair(candidate.interesting, shown_.contains(candidate.ghost.id));
        });
        const bool external = isExternal(snapshot, cluster);
        std::size_t chosen = 0;
        while (chosen < std::min(all.size(), kMostOfACluster) && (all[chosen].interesting || !external))
            into.push_back(std::move(all[chosen++].ghost));
        if (chosen == all.size()) continue;
        const QString kind =
            rest == Ghost::Kind::moreTopics ? QStringLiteral("moreTopics") : QStringLiteral("moreGroups");
        into.push_back({rest,
                        QStringLiteral("ghost/%1/%2").arg(kind, QString::fromStdString(cluster)),
                        cluster,
                        {},
                        {},
                        static_cast<int>(all.size() - chosen)});
    }
}

std::vector<Ghost> GhostTracker::update(const session::Snapshot& snapshot, const topology::Graph& graph) {
    std::vector<Ghost> ghosts;
    Candidates found = topics(snapshot, graph);
    choose(found, Ghost::Kind::moreTopics, snapshot, ghosts);
    found = groups(snapshot, graph, ghosts);
    choose(found, Ghost::Kind::moreGroups, snapshot, ghosts);
    shown_.clear();
    for (const Ghost& ghost : ghosts)
        shown_.insert(ghost.id);
    return ghosts;
}

} // namespace millrace::canvas
