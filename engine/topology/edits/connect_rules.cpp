#include "topology/edits/connect_rules.h"

#include "topology/graph/address.h"
#include "topology/graph/graph_builder.h"
#include "topology/text/name_pattern.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace millrace::topology {
namespace {

using Reason = std::optional<Error>;

std::string typeName(const Node& node) {
    return node.spec != nullptr ? std::string(node.spec->title) : node.type.empty() ? "unknown" : node.type;
}

bool usesKafka(const Node& node) {
    return node.spec != nullptr && !node.spec->kafka.serversKey.empty();
}

class Joiner {
public:
    Joiner(const Graph& graph, const Node& from, const Node& to) : graph_(graph), a_(from), b_(to) {}

    Result<Joint> run() const {
        for (const Node* node : {&a_, &b_}) {
            if (Reason why = noWires(*node)) return *why;
        }
        // One direction makes sense; a gesture in the other one means the same wire.
        if (auto joint = directed(a_, b_)) return checked(*joint);
        if (auto joint = directed(b_, a_)) return checked(*joint);
        return whyNot();
    }

private:
    static Reason noWires(const Node& node) {
        switch (node.kind) {
        case NodeKind::note:
            return refusal("note-takes-no-wire");
        case NodeKind::agent:
            return refusal("agent-takes-no-wire");
        case NodeKind::cluster:
            return refusal("cluster-takes-no-wire");
        case NodeKind::sinkGroup:
            return refusal("group-takes-no-wire");
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
                return refusal("already-connected");
            }
        }
        const Node& to = *graph_.find(joint.to);
        if (joint.kind == WireKind::channelToSink && to.property("channel") != nullptr) {
            return refusal("sink-has-channel", {to.name, to.property("channel")->value});
        }
        const bool pattern = joint.kind == WireKind::consume && !to.spec->kafka.topicsRegexKey.empty() &&
                             to.property(to.spec->kafka.topicsRegexKey) != nullptr;
        if (pattern) {
            return refusal("subscribes-by-pattern", {to.name, std::string(to.spec->kafka.topicsRegexKey)});
        }
        return joint;
    }

    Error whyNot() const {
        const auto pair = [this](NodeKind x, NodeKind y) {
            return (a_.kind == x && b_.kind == y) || (a_.kind == y && b_.kind == x);
        };
        const auto of = [this](NodeKind kind) -> const Node& { return a_.kind == kind ? a_ : b_; };
        if (a_.id == b_.id) return refusal("wire-needs-two-ends");
        if (a_.kind == b_.kind) {
            return refusal("alike-cannot-connect", {toString(a_.kind)});
        }
        if (pair(NodeKind::source, NodeKind::sink)) return noHop(of(NodeKind::sink), of(NodeKind::source));
        if (pair(NodeKind::topic, NodeKind::sink)) {
            return refusal("only-kafka-sink", {of(NodeKind::sink).name, typeName(of(NodeKind::sink))});
        }
        if (pair(NodeKind::topic, NodeKind::source)) {
            return refusal("only-kafka-source", {of(NodeKind::source).name, typeName(of(NodeKind::source))});
        }
        if (pair(NodeKind::topic, NodeKind::channel)) return refusal("only-kafka-channel");
        if (pair(NodeKind::traffic, NodeKind::source)) {
            return refusal("traffic-not-read", {typeName(of(NodeKind::source))});
        }
        if (pair(NodeKind::traffic, NodeKind::sink) || pair(NodeKind::traffic, NodeKind::channel)) {
            return refusal("traffic-is-input");
        }
        return refusal("channel-of-another-agent");
    }

    static Error noHop(const Node& sink, const Node& source) {
        if (usesKafka(sink) && usesKafka(source))
            return refusal("kafka-needs-topic");
        return refusal("no-hop", {typeName(sink), typeName(source)});
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
        if (!name.empty() && NamePattern(pattern).matches(name))
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
        return noSuchNode(a == nullptr ? from : to);
    }
    return Joiner(graph, *a, *b).run();
}

} // namespace millrace::topology
