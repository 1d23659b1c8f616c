#pragma once

#include "catalog/component_spec.h"
#include "topology/text/edit.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace millrace::topology {

/// One `key = value` of the file as it counts (the last of duplicates), decoded as Flume reads it.
struct Property {
    std::string key;   ///< relative to its node: "kafka.topic"
    std::string value; ///< trimmed, escapes resolved, UTF-8
    TextRange keyRange;
    TextRange valueRange; ///< empty range at the place where a value would stand when there is none
    int line = 1;
};

enum class NodeKind { source, channel, sink, sinkGroup, agent, cluster, topic, traffic, note };
const char* toString(NodeKind kind);

struct Position {
    double x = 0, y = 0;
    std::optional<double> width, height;
    bool operator==(const Position&) const = default;
};

/// Something that is drawn.
struct Node {
    NodeId id;
    NodeKind kind{};
    std::string agent; ///< owning agent for source, channel, sink, sinkGroup; else empty
    std::string name;  ///< last part of the id
    std::string type;  ///< the `type`, `processor.type` or `kind` value as written; empty when missing
    /// The declaration; null for agents and notes and for a type that the catalog does not know.
    const catalog::ComponentSpec* spec = nullptr;
    std::vector<Property> properties; ///< in file order, relative keys, `#@` ones included for cluster, topic, …
    std::optional<Position> position; ///< from `#@ at.…`
    bool declared = true;             ///< false: properties exist but the name is in no list, so Flume ignores it
    /// A cluster that is only implied by a component's servers (never starts a broker), or a topic only named by one.
    /// Its properties ("kind", "servers"; "cluster", "name") then stand nowhere in the text: their ranges are empty at
    /// 0.
    bool implied = false;

    const Property* property(std::string_view key) const;
    /// Value of `key`, else the declared default, else empty.
    std::string valueOr(std::string_view key, std::string_view fallback = {}) const;
};

enum class WireKind {
    sourceToChannel, ///< `channels`
    channelToSink,   ///< `channel`
    hop,             ///< Avro or Thrift sink to a source that listens there
    produce,         ///< a sink, Kafka channel or traffic that writes to a topic
    consume,         ///< topic to a source or Kafka channel: a subscription, `label` is the group
    traffic,         ///< traffic node to a source (file that a pattern matches, TCP port)
};

struct Wire {
    WireKind kind{};
    NodeId from;
    NodeId to;
    std::string label;     ///< consumer group, multiplexing values ("eu, us"), file or port of traffic; may be empty
    bool optional = false; ///< optional channel of a selector: its failures are ignored
    bool operator==(const Wire&) const = default;
};

/// Sinks of a group with its processor, drawn as a bracket.
struct SinkGroup {
    NodeId id;
    std::string processor; ///< as written
    std::vector<NodeId> sinks;
};

/// The name that a topic has in Kafka: its `name`, else that of its id.
std::string topicName(const Node& topic);

/// What the text means, for drawing and for running. Rebuilt from the text; never edited itself.
struct Graph {
    std::vector<Node> nodes; ///< file order; agents before their parts
    std::vector<Wire> wires;
    std::vector<SinkGroup> groups;

    /// Makes the look-ups below from nodes and wires. Whoever fills a graph calls it once, at the end. `byId`: the
    /// places of all nodes.
    void makeIndex(std::unordered_map<NodeId, std::uint32_t> byId);

    /// Null when there is no such node. Does not grow with the graph.
    const Node* find(const NodeId& id) const;
    /// The topic called `name` on the cluster called `cluster`; null when it is not drawn.
    const Node* topic(std::string_view cluster, std::string_view name) const;
    std::vector<const Node*> ofKind(NodeKind kind) const;
    /// In file order.
    std::vector<const Node*> partsOf(std::string_view agent) const;
    /// The wires that begin or end at a node, in their order, as positions in `wires`.
    std::span<const std::uint32_t> wiresAt(const NodeId& id) const;

private:
    void indexWires();

    /// Positions, not pointers: a copy of the graph takes its index along.
    std::unordered_map<std::string, std::uint32_t> byId_, topics_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> parts_;
    /// Of the node at i those from wireBegin_[i] to wireBegin_[i + 1].
    std::vector<std::uint32_t> wireBegin_, wiresAt_;
};

} // namespace millrace::topology
