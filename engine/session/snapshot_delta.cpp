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

/// What a delta carries whole, and what it carries as that which changed: one row each.
void forEachValue(auto&& visit) {
    visit(&Snapshot::revision, &SnapshotDelta::revision);
    visit(&Snapshot::epoch, &SnapshotDelta::epoch);
    visit(&Snapshot::monotonicUs, &SnapshotDelta::monotonicUs);
    visit(&Snapshot::wallMs, &SnapshotDelta::wallMs);
    visit(&Snapshot::running, &SnapshotDelta::running);
    visit(&Snapshot::account, &SnapshotDelta::account);
}
void forEachList(auto&& visit) {
    visit(&Snapshot::nodes, &SnapshotDelta::nodes, &Order::nodes);
    visit(&Snapshot::clusters, &SnapshotDelta::clusters, &Order::clusters);
    visit(&Snapshot::topics, &SnapshotDelta::topics, &Order::topics);
    visit(&Snapshot::groups, &SnapshotDelta::groups, &Order::groups);
}

} // namespace

SnapshotDelta difference(const Snapshot& before, const Snapshot& next) {
    SnapshotDelta delta;
    delta.from = before.revision;
    forEachValue([&](auto value, auto carried) { delta.*carried = next.*value; });
    forEachList([&](auto parts, auto changed, auto ids) {
        compare(before.*parts, next.*parts, delta.*changed, delta.gone.*ids, delta.order.*ids);
    });
    return delta;
}

Result<Snapshot> applied(const Snapshot& before, const SnapshotDelta& delta) {
    if (delta.from != before.revision)
        return Error{ErrorCode::protocol, "a change of snapshot " + std::to_string(delta.from) + " came to snapshot " +
                                              std::to_string(before.revision)};
    Snapshot next;
    forEachValue([&](auto value, auto carried) { next.*value = delta.*carried; });
    forEachList([&](auto parts, auto changed, auto ids) {
        next.*parts = put(merged(before.*parts, delta.*changed, delta.gone.*ids), delta.order.*ids);
    });
    return next;
}

} // namespace millrace::session
