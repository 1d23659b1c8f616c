#include "session/snapshot_delta.h"

#include <map>
#include <set>
#include <utility>

namespace millrace::session {

namespace {

const std::string& keyOf(const NodeSnapshot& node) {
    return node.id;
}
const std::string& keyOf(const ClusterSnapshot& cluster) {
    return cluster.id;
}
TopicKey keyOf(const TopicSnapshot& topic) {
    return {topic.cluster, topic.name};
}
TopicKey keyOf(const GroupSnapshot& group) {
    return {group.cluster, group.id};
}

template <typename Part>
using Key = std::decay_t<decltype(keyOf(std::declval<const Part&>()))>;

template <typename Part>
std::vector<Key<Part>> keysOf(const std::vector<Part>& parts) {
    std::vector<Key<Part>> keys;
    for (const Part& part : parts)
        keys.push_back(keyOf(part));
    return keys;
}

/// The parts that stay in their old order, each in its newest state, then the new ones.
template <typename Part>
std::vector<Part> merged(const std::vector<Part>& before, const std::vector<Part>& changed,
                         const std::vector<Key<Part>>& gone) {
    const std::set<Key<Part>> absent(gone.begin(), gone.end());
    std::map<Key<Part>, const Part*> newest;
    for (const Part& part : changed)
        newest.emplace(keyOf(part), &part);
    std::vector<Part> all;
    std::set<Key<Part>> taken;
    for (const Part& part : before) {
        const auto found = newest.find(keyOf(part));
        if (absent.contains(keyOf(part))) continue;
        taken.insert(keyOf(part));
        all.push_back(found == newest.end() ? part : *found->second);
    }
    for (const Part& part : changed)
        if (!taken.contains(keyOf(part))) all.push_back(part);
    return all;
}

template <typename Part>
void compare(const std::vector<Part>& before, const std::vector<Part>& next, std::vector<Part>& changed,
             std::vector<Key<Part>>& gone, std::vector<Key<Part>>& order) {
    std::map<Key<Part>, const Part*> old;
    for (const Part& part : before)
        old.emplace(keyOf(part), &part);
    std::set<Key<Part>> present;
    std::vector<Key<Part>> fresh;
    for (const Part& part : next) {
        present.insert(keyOf(part));
        const auto found = old.find(keyOf(part));
        if (found == old.end() || !(*found->second == part)) changed.push_back(part);
        if (found == old.end()) fresh.push_back(keyOf(part));
    }
    std::vector<Key<Part>> expected;
    for (const Part& part : before)
        (present.contains(keyOf(part)) ? expected : gone).push_back(keyOf(part));
    expected.insert(expected.end(), fresh.begin(), fresh.end());
    auto keys = keysOf(next);
    if (keys != expected) order = std::move(keys);
}

template <typename Part>
std::vector<Part> put(std::vector<Part> parts, const std::vector<Key<Part>>& order) {
    if (order.empty()) return parts;
    std::map<Key<Part>, Part> byKey;
    for (Part& part : parts) {
        Key<Part> key = keyOf(part);
        byKey.emplace(std::move(key), std::move(part));
    }
    std::vector<Part> sorted;
    for (const Key<Part>& key : order)
        if (auto found = byKey.extract(key)) sorted.push_back(std::move(found.mapped()));
    return sorted;
}

} // namespace

SnapshotDelta difference(const Snapshot& before, const Snapshot& next) {
    SnapshotDelta delta;
    delta.from = before.revision;
    delta.revision = next.revision;
    delta.epoch = next.epoch;
    delta.monotonicUs = next.monotonicUs;
    delta.wallMs = next.wallMs;
    delta.running = next.running;
    delta.account = next.account;
    compare(before.nodes, next.nodes, delta.nodes, delta.gone.nodes, delta.order.nodes);
    compare(before.clusters, next.clusters, delta.clusters, delta.gone.clusters, delta.order.clusters);
    compare(before.topics, next.topics, delta.topics, delta.gone.topics, delta.order.topics);
    compare(before.groups, next.groups, delta.groups, delta.gone.groups, delta.order.groups);
    return delta;
}

Result<Snapshot> applied(const Snapshot& before, const SnapshotDelta& delta) {
    if (delta.from != before.revision)
        return Error{ErrorCode::protocol, "a change of snapshot " + std::to_string(delta.from) + " came to snapshot " +
                                              std::to_string(before.revision)};
    Snapshot next;
    next.revision = delta.revision;
    next.epoch = delta.epoch;
    next.monotonicUs = delta.monotonicUs;
    next.wallMs = delta.wallMs;
    next.running = delta.running;
    next.account = delta.account;
    next.nodes = put(merged(before.nodes, delta.nodes, delta.gone.nodes), delta.order.nodes);
    next.clusters = put(merged(before.clusters, delta.clusters, delta.gone.clusters), delta.order.clusters);
    next.topics = put(merged(before.topics, delta.topics, delta.gone.topics), delta.order.topics);
    next.groups = put(merged(before.groups, delta.groups, delta.gone.groups), delta.order.groups);
    return next;
}

} // namespace millrace::session
