#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What crosses the border between a running system and whoever watches it: plain values, no pointers, one field list
/// each (`fields`), which JSON writing and reading share. A thing that a runtime cannot tell is absent, never 0.
namespace millrace::session {

enum class State {
    stopped,
    starting,
    running,
    idle,    ///< running, nothing moved for a second
    waiting, ///< held up by what comes after it
    failing, ///< retried
    foreign, ///< of a type this runtime cannot run
    notRun,  ///< left out: the document has an error there
    paused,  ///< traffic: disk limit
    unknown, ///< one that a newer peer knows
};
const char* toString(State state);
/// unknown for a name that this side does not know.
State stateFrom(std::string_view text);

struct Counter {
    std::string name; ///< Flume's or Kafka's
    std::int64_t value = 0;
    static void fields(auto& io, auto& self) {
        io("name", self.name);
        io("value", self.value);
    }
    bool operator==(const Counter&) const = default;
};

/// How full a channel is.
struct Level {
    std::int64_t events = 0;
    std::int64_t capacity = 0;
    std::int64_t bytes = 0;
    static void fields(auto& io, auto& self) {
        io("events", self.events);
        io("capacity", self.capacity);
        io("bytes", self.bytes);
    }
    bool operator==(const Level&) const = default;
};

/// A source, channel, sink, sink group, agent or traffic node at one moment.
struct NodeSnapshot {
    std::string id; ///< as topology::NodeId
    State state = State::stopped;
    std::string message;     ///< last failure or reason, English; empty when all is well
    std::string messageCode; ///< which sentence that is, as in Issue
    std::vector<std::string> messageArguments;
    std::int64_t failuresInRow = 0;
    std::int64_t startedMs = 0;      ///< a change means the counters began again
    std::optional<std::int64_t> in;  ///< events that came into the node since startedMs
    std::optional<std::int64_t> out; ///< events that left it
    std::vector<Counter> counters;
    std::optional<Level> level; ///< channels
    static void fields(auto& io, auto& self) {
        io("id", self.id);
        io("state", self.state);
        io("message", self.message);
        io("messageCode", self.messageCode);
        io("messageArguments", self.messageArguments);
        io("failuresInRow", self.failuresInRow);
        io("startedMs", self.startedMs);
        io("in", self.in);
        io("out", self.out);
        io("counters", self.counters);
        io("level", self.level);
    }
    bool operator==(const NodeSnapshot&) const = default;
};

struct PartitionSnapshot {
    std::int32_t id = 0;
    std::int64_t logStart = 0;
    std::int64_t logEnd = 0;
    std::optional<std::int64_t> bytes; ///< an external cluster does not tell
    static void fields(auto& io, auto& self) {
        io("id", self.id);
        io("logStart", self.logStart);
        io("logEnd", self.logEnd);
        io("bytes", self.bytes);
    }
    bool operator==(const PartitionSnapshot&) const = default;
};

struct TopicSnapshot {
    std::string cluster; ///< cluster id of the document ("local") or "HOST:PORT" of an implied one
    std::string name;
    bool internal = false;
    std::vector<PartitionSnapshot> partitions;
    static void fields(auto& io, auto& self) {
        io("cluster", self.cluster);
        io("name", self.name);
        io("internal", self.internal);
        io("partitions", self.partitions);
    }
    bool operator==(const TopicSnapshot&) const = default;
};

struct GroupOffset {
    std::string topic;
    std::int32_t partition = 0;
    std::optional<std::int64_t> committed; ///< absent: never committed
    std::int64_t logEnd = 0;
    std::optional<std::int64_t> lagMs; ///< how long ago the next record to be read was written; absent: not known
    std::string member;                ///< client id that owns it now; empty: nobody
    static void fields(auto& io, auto& self) {
        io("topic", self.topic);
        io("partition", self.partition);
        io("committed", self.committed);
        io("logEnd", self.logEnd);
        io("lagMs", self.lagMs);
        io("member", self.member);
    }
    bool operator==(const GroupOffset&) const = default;
};

struct GroupSnapshot {
    std::string cluster;
    std::string id;
    std::string state; ///< Kafka's word: Stable, Empty, PreparingRebalance, …
    std::int64_t members = 0;
    std::vector<GroupOffset> offsets;
    static void fields(auto& io, auto& self) {
        io("cluster", self.cluster);
        io("id", self.id);
        io("state", self.state);
        io("members", self.members);
        io("offsets", self.offsets);
    }
    bool operator==(const GroupSnapshot&) const = default;
};

struct ClusterSnapshot {
    std::string id;
    std::string address; ///< where it listens or is reached
    bool embedded = false;
    State state = State::stopped;
    std::string message;
    std::int64_t connections = 0; ///< embedded only
    std::string messageCode;      ///< as in NodeSnapshot
    std::vector<std::string> messageArguments;
    std::vector<std::string> listeners{}; ///< embedded only: all it listens at, as "PLAINTEXT://127.0.0.1:9092"
    static void fields(auto& io, auto& self) {
        io("id", self.id);
        io("address", self.address);
        io("listeners", self.listeners);
        io("embedded", self.embedded);
        io("state", self.state);
        io("message", self.message);
        io("messageCode", self.messageCode);
        io("messageArguments", self.messageArguments);
        io("connections", self.connections);
    }
    bool operator==(const ClusterSnapshot&) const = default;
};

/// The account of events over all agents, as far as it is counted. After a stop that of the run that ended.
struct Account {
    std::int64_t in = 0;       ///< accepted by sources
    std::int64_t out = 0;      ///< delivered by sinks
    std::int64_t inFlight = 0; ///< in channels
    std::int64_t failed = 0;   ///< attempts of sources and sinks that failed and were rolled back
    static void fields(auto& io, auto& self) {
        io("in", self.in);
        io("out", self.out);
        io("inFlight", self.inFlight);
        io("failed", self.failed);
    }
    bool operator==(const Account&) const = default;
};

/// Everything at one moment. Immutable once published. Counters are monotonic since their node's startedMs; rates are
/// the reader's business (metrics/).
struct Snapshot {
    std::int64_t revision = 0; ///< rises by one with every snapshot
    std::int64_t epoch = 0;    ///< rises with every applied document; tells which drawing this belongs to
    std::int64_t monotonicUs = 0;
    std::int64_t wallMs = 0;
    bool running = false;
    std::vector<NodeSnapshot> nodes;
    std::vector<ClusterSnapshot> clusters;
    std::vector<TopicSnapshot> topics;
    std::vector<GroupSnapshot> groups;
    Account account;
    static void fields(auto& io, auto& self) {
        io("revision", self.revision);
        io("epoch", self.epoch);
        io("monotonicUs", self.monotonicUs);
        io("wallMs", self.wallMs);
        io("running", self.running);
        io("nodes", self.nodes);
        io("clusters", self.clusters);
        io("topics", self.topics);
        io("groups", self.groups);
        io("account", self.account);
    }
    bool operator==(const Snapshot&) const = default;

    const NodeSnapshot* node(const std::string& id) const {
        for (const NodeSnapshot& node : nodes)
            if (node.id == id) return &node;
        return nullptr;
    }
};

} // namespace millrace::session
