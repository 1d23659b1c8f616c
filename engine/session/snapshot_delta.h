#pragma once

#include "base/result.h"
#include "session/snapshot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::session {

struct TopicKey {
    std::string cluster, name;
    static void fields(auto& io, auto& self) {
        io("cluster", self.cluster);
        io("name", self.name);
    }
    auto operator<=>(const TopicKey&) const = default;
};

/// Two parts that belong together: where a whole list has another order, its ids, else nothing.
struct Order {
    std::vector<std::string> nodes, clusters;
    std::vector<TopicKey> topics, groups;
    static void fields(auto& io, auto& self) {
        io("nodes", self.nodes);
        io("clusters", self.clusters);
        io("topics", self.topics);
        io("groups", self.groups);
    }
    bool operator==(const Order&) const = default;
};

/// What makes one snapshot of another: those parts that differ, whole, and the ids of those that are gone. In a quiet
/// system next to nothing.
struct SnapshotDelta {
    std::int64_t from = 0; ///< the revision that it is applied to
    std::int64_t revision = 0;
    std::int64_t epoch = 0;
    std::int64_t monotonicUs = 0;
    std::int64_t wallMs = 0;
    bool running = false;
    Account account;
    std::vector<NodeSnapshot> nodes; ///< changed or new
    std::vector<ClusterSnapshot> clusters;
    std::vector<TopicSnapshot> topics;
    std::vector<GroupSnapshot> groups;
    Order gone;  ///< ids of what the next has no more
    Order order; ///< of each list whose order is not that of the parts that stay, followed by the new ones
    static void fields(auto& io, auto& self) {
        io("from", self.from);
        io("revision", self.revision);
        io("epoch", self.epoch);
        io("monotonicUs", self.monotonicUs);
        io("wallMs", self.wallMs);
        io("running", self.running);
        io("account", self.account);
        io("nodes", self.nodes);
        io("clusters", self.clusters);
        io("topics", self.topics);
        io("groups", self.groups);
        io("gone", self.gone);
        io("order", self.order);
    }
    bool operator==(const SnapshotDelta&) const = default;
};

/// What makes `next` of `before`. Precondition: no snapshot names an id twice.
SnapshotDelta difference(const Snapshot& before, const Snapshot& next);

/// The next snapshot; refused (protocol) where the delta belongs to another revision than `before`'s.
Result<Snapshot> applied(const Snapshot& before, const SnapshotDelta& delta);

} // namespace millrace::session
