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

const Node* Graph::find(const NodeId& id) const {
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&id](const Node& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
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
    for (const Node& node : nodes) {
        if (!node.agent.empty() && node.agent == agent) out.push_back(&node);
    }
    return out;
}

} // namespace millrace::topology
