#include "topology/graph/graph.h"

#include <algorithm>

namespace millrace::topology {

const char* toString(NodeKind kind) {
    switch (kind) {
    case NodeKind::source:
        return "source";
    case NodeKind::channel:
        return "channel";
    case NodeKind::sink:
        return "sink";
    case NodeKind::sinkGroup:
        return "sinkgroup";
    case NodeKind::agent:
        return "agent";
    case NodeKind::cluster:
        return "cluster";
    case NodeKind::topic:
        return "topic";
    case NodeKind::traffic:
        return "traffic";
    case NodeKind::note:
        return "note";
    }
    return "";
}

const Property* Node::property(std::string_view key) const {
    // Few per node, and an empty value counts as absent to Flume.
    const auto found =
        std::find_if(properties.begin(), properties.end(), [key](const Property& p) { return p.key == key; });
    return found == properties.end() || found->value.empty() ? nullptr : &*found;
}

std::string Node::valueOr(std::string_view key, std::string_view fallback) const {
    if (const Property* set = property(key)) return set->value;
    // A group's declaration is that of its processor, which does not know the prefix.
    if (kind == NodeKind::sinkGroup && key.starts_with("processor.")) key.remove_prefix(10);
    const catalog::PropertySpec* declared = spec != nullptr ? spec->property(key) : nullptr;
    if (declared != nullptr && !declared->defaultValue.empty()) return std::string(declared->defaultValue);
    return std::string(fallback);
}

std::string topicName(const Node& topic) {
    const Property* given = topic.property("name");
    return given != nullptr ? given->value : topic.name;
}

namespace {

/// Neither a cluster's id nor a topic's name can hold a slash.
std::string topicKey(std::string_view cluster, std::string_view name) {
    return std::string(cluster).append("/").append(name);
}

} // namespace

void Graph::makeIndex() {
    byId_.clear();
    topics_.clear();
    parts_.clear();
    wiresOf_.clear();
    byId_.reserve(nodes.size());
    for (std::uint32_t at = 0; at < nodes.size(); ++at) {
        const Node& node = nodes[at];
        byId_.try_emplace(node.id, at);
        if (!node.agent.empty()) parts_[node.agent].push_back(at);
        if (node.kind == NodeKind::topic) topics_.try_emplace(topicKey(node.valueOr("cluster"), topicName(node)), at);
    }
    for (std::uint32_t at = 0; at < wires.size(); ++at) {
        wiresOf_[wires[at].from].push_back(at);
        if (wires[at].to != wires[at].from) wiresOf_[wires[at].to].push_back(at);
    }
}

const Node* Graph::find(const NodeId& id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? nullptr : &nodes[found->second];
}

const Node* Graph::topic(std::string_view cluster, std::string_view name) const {
    const auto found = topics_.find(topicKey(cluster, name));
    return found == topics_.end() ? nullptr : &nodes[found->second];
}

std::span<const std::uint32_t> Graph::wiresAt(const NodeId& id) const {
    const auto found = wiresOf_.find(id);
    if (found == wiresOf_.end()) return {};
    return found->second;
}

std::vector<const Node*> Graph::ofKind(NodeKind kind) const {
    std::vector<const Node*> out;
    for (const Node& node : nodes) {
        if (node.kind == kind) out.push_back(&node);
    }
    return out;
}

std::vector<const Node*> Graph::partsOf(std::string_view agent) const {
    std::vector<const Node*> out;
    const auto found = parts_.find(std::string(agent));
    if (found == parts_.end()) return out;
    for (const std::uint32_t at : found->second)
        out.push_back(&nodes[at]);
    return out;
}

} // namespace millrace::topology
