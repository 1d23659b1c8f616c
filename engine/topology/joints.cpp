#include "topology/joints.h"

#include "topology/address.h"
#include "topology/graph_builder.h"
#include "topology/java_pattern.h"
#include "topology/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace millrace::topology {
namespace {

using Reason = std::optional<std::string>;

std::string typeName(const Node& node) {
    return node.spec != nullptr ? std::string(node.spec->title) : node.type.empty() ? "unknown" : node.type;
}

Error refused(std::string reason) {
    return Error{ErrorCode::invalidArgument, std::move(reason)};
}

bool usesKafka(const Node& node) {
    return node.spec != nullptr && !node.spec->kafka.serversKey.empty();
}

class Joiner {
public:
    Joiner(const Graph& graph, const Node& from, const Node& to) : graph_(graph), a_(from), b_(to) {}

    Result<Joint> run() const {
        for (const Node* node : {&a_, &b_}) {
            if (Reason why = noWires(*node)) return refused(*why);
        }
        // One direction makes sense; a gesture in the other one means the same wire.
        if (auto joint = directed(a_, b_)) return checked(*joint);
        if (auto joint = directed(b_, a_)) return checked(*joint);
        return refused(whyNot());
    }

private:
    static Reason noWires(const Node& node) {
        switch (node.kind) {
        case NodeKind::note:
            return "A note has no wires.";
        case NodeKind::agent:
            return "Draw the wire to a part of the agent.";
        case NodeKind::cluster:
            return "Draw the wire to a topic of the cluster.";
        case NodeKind::sinkGroup:
            return "Draw the wire to a sink of the group.";
        default:
            return std::nullopt;
        }
    }

    static std::optional<Joint> directed(const Node& a, const Node& b) {
        const bool oneAgent = !a.agent.empty() && a.agent == b.agent;
        if (a.kind == NodeKind::source && b.kind == NodeKind::channel && oneAgent)
            return joint(WireKind::sourceToChannel, a, b);
        if (a.kind == NodeKind::channel && b.kind == NodeKind::sink && oneAgent)
            return joint(WireKind::channelToSink, a, b);
        if (a.kind == NodeKind::source && b.kind == NodeKind::sink && oneAgent) {
            return Joint{WireKind::channelToSink, a.id, b.id, true};
        }
        if (a.kind == NodeKind::sink && b.kind == NodeKind::source && meets(a, b)) return joint(WireKind::hop, a, b);
        if (b.kind == NodeKind::topic) {
            if ((a.kind == NodeKind::sink || a.kind == NodeKind::channel) && usesKafka(a))
                return joint(WireKind::produce, a, b);
            if (a.kind == NodeKind::traffic) return joint(WireKind::produce, a, b);
        }
        if (a.kind == NodeKind::topic && (b.kind == NodeKind::source || b.kind == NodeKind::channel) && usesKafka(b)) {
            return joint(WireKind::consume, a, b);
        }
        if (a.kind == NodeKind::traffic && b.kind == NodeKind::source && feedOf(b))
            return joint(WireKind::traffic, a, b);
        return std::nullopt;
    }

    static Joint joint(WireKind kind, const Node& a, const Node& b) { return {kind, a.id, b.id, false}; }

    static bool meets(const Node& sink, const Node& source) {
        return sink.spec != nullptr && source.spec != nullptr && !sink.spec->connects.portKey.empty() &&
               !source.spec->listens.portKey.empty() && sink.spec->connects.protocol == source.spec->listens.protocol;
    }

    Result<Joint> checked(const Joint& joint) const {
        for (const Wire& wire : graph_.wires) {
            if (wire.kind == joint.kind && wire.from == joint.from && wire.to == joint.to) {
                return refused("They are connected already.");
            }
        }
        const Node& to = *graph_.find(joint.to);
        if (joint.kind == WireKind::channelToSink && to.property("channel") != nullptr) {
            return refused(fmt::format("A sink takes from exactly one channel: \"{}\" takes from \"{}\" already. "
                                       "Remove that wire first.",
                                       to.name, to.property("channel")->value));
        }
        const bool pattern = joint.kind == WireKind::consume && !to.spec->kafka.topicsRegexKey.empty() &&
                             to.property(to.spec->kafka.topicsRegexKey) != nullptr;
        if (pattern) {
            return refused(
                fmt::format("\"{}\" subscribes to the topics that a pattern matches ({}). Remove that first.", to.name,
                            to.spec->kafka.topicsRegexKey));
        }
        return joint;
    }

    std::string whyNot() const {
        const auto pair = [this](NodeKind x, NodeKind y) {
            return (a_.kind == x && b_.kind == y) || (a_.kind == y && b_.kind == x);
        };
        const auto of = [this](NodeKind kind) -> const Node& { return a_.kind == kind ? a_ : b_; };
        if (a_.id == b_.id) return "A wire needs two ends.";
        if (a_.kind == b_.kind) {
            return fmt::format("A {0} cannot be connected to another {0}.", toString(a_.kind));
        }
        if (pair(NodeKind::source, NodeKind::sink)) return noHop(of(NodeKind::sink), of(NodeKind::source));
        if (pair(NodeKind::topic, NodeKind::sink)) {
            return fmt::format("Only a Kafka sink writes to a topic; \"{}\" is of type {}.", of(NodeKind::sink).name,
                               typeName(of(NodeKind::sink)));
        }
        if (pair(NodeKind::topic, NodeKind::source)) {
            return fmt::format("Only a Kafka source reads a topic; \"{}\" is of type {}.", of(NodeKind::source).name,
                               typeName(of(NodeKind::source)));
        }
        if (pair(NodeKind::topic, NodeKind::channel)) return "Only a Kafka channel keeps its events in a topic.";
        if (pair(NodeKind::traffic, NodeKind::source)) {
            return fmt::format(
                "Traffic goes to a file, a TCP port or a topic; a source of type {} reads none of these here.",
                typeName(of(NodeKind::source)));
        }
        if (pair(NodeKind::traffic, NodeKind::sink) || pair(NodeKind::traffic, NodeKind::channel)) {
            return "Traffic is input: draw it to a source or a topic.";
        }
        return "A channel belongs to one agent. Connect agents by an Avro sink and source, or by a topic.";
    }

    static std::string noHop(const Node& sink, const Node& source) {
        if (usesKafka(sink) && usesKafka(source))
            return "A Kafka sink reaches a Kafka source through a topic: draw the wire to the topic.";
        return fmt::format("A sink of type {} cannot reach a source of type {} in another agent. "
                           "Use an avro sink and an avro source, or a topic between.",
                           typeName(sink), typeName(source));
    }

    const Graph& graph_;
    const Node& a_;
    const Node& b_;
};

/// A name that the pattern matches, made from the pattern: escapes dropped, the usual wildcards filled in.
std::string exampleName(std::string pattern) {
    const std::pair<std::string_view, std::string_view> fillings[] = {
        {".*", "access"}, {".+", "access"}, {"\\d+", "1"}, {"\\d*", "1"}, {"[0-9]+", "1"}, {"\\w+", "access"}};
    for (const auto& [from, to] : fillings) {
        for (std::size_t at = pattern.find(from); at != std::string::npos; at = pattern.find(from, at + to.size())) {
            pattern.replace(at, from.size(), to);
        }
    }
    std::erase(pattern, '\\');
    return pattern;
}

std::optional<Feed> taildirFeed(const Node& source) {
    for (const std::string& group : splitList(source.valueOr("filegroups"))) {
        const std::filesystem::path path = source.valueOr("filegroups." + group);
        const std::string pattern = path.filename().string();
        const std::string name = exampleName(pattern);
        if (!name.empty() && JavaPattern(pattern).matchesAll(name))
            return Feed{"file", (path.parent_path() / name).string()};
    }
    return std::nullopt;
}

} // namespace

std::optional<Feed> feedOf(const Node& source) {
    if (source.spec == nullptr) return std::nullopt;
    const std::string_view alias = source.spec->alias;
    if (alias == "TAILDIR") return taildirFeed(source);
    if (alias == "exec") {
        const auto words = splitList(source.valueOr("command"));
        if (words.size() < 2 || !words.front().ends_with("tail")) return std::nullopt;
        return Feed{"file", words.back()};
    }
    const std::string_view protocol = source.spec->listens.protocol;
    if (protocol != "tcp-lines" && protocol != "syslog-tcp") return std::nullopt;
    const auto ports = splitList(source.valueOr(source.spec->listens.portKey));
    if (ports.empty() || !parsePort(ports.front())) return std::nullopt;
    const std::string bind = source.valueOr(source.spec->listens.hostKey);
    return Feed{"tcp", fmt::format("{}:{}", isWildcard(alikeHost(bind)) ? "127.0.0.1" : bind, ports.front())};
}

Result<Joint> findJoint(const Document& document, const NodeId& from, const NodeId& to) {
    const Graph& graph = document.graph();
    const Node *a = graph.find(from), *b = graph.find(to);
    if (a == nullptr || b == nullptr) {
        return Error{ErrorCode::notFound, fmt::format("There is no {} in this file.", a == nullptr ? from : to)};
    }
    return Joiner(graph, *a, *b).run();
}

} // namespace millrace::topology
