#include "topology/graph/graph.h"

#include <algorithm>
#include <numeric>

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

void Graph::makeIndex(std::unordered_map<NodeId, std::uint32_t> byId) {
    byId_ = std::move(byId);
    std::vector<std::uint32_t>* parts = nullptr; // of the agent of the node before: mostly they stand together
    const std::string* agent = nullptr;
    for (std::uint32_t at = 0; at < nodes.size(); ++at) {
        const Node& node = nodes[at];
        if (!node.agent.empty()) {
            if (agent == nullptr || *agent != node.agent) parts = &parts_[*(agent = &node.agent)];
            parts->push_back(at);
        }
        if (node.kind == NodeKind::topic) topics_.try_emplace(topicKey(node.valueOr("cluster"), topicName(node)), at);
    }
    indexWires();
}

void Graph::indexWires() {
    constexpr auto kNowhere = static_cast<std::uint32_t>(-1);
    const auto placeOf = [this](const NodeId& id) {
        const auto found = byId_.find(id);
        return found == byId_.end() ? kNowhere : found->second;
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends; // node, wire
    ends.reserve(2 * wires.size());
    for (std::uint32_t at = 0; at < wires.size(); ++at) {
        const std::uint32_t from = placeOf(wires[at].from), to = placeOf(wires[at].to);
        if (from != kNowhere) ends.emplace_back(from, at);
        if (to != kNowhere && to != from) ends.emplace_back(to, at);
    }
    wireBegin_.assign(nodes.size() + 1, 0);
    for (const auto& [node, wire] : ends)
        ++wireBegin_[node + 1];
    std::partial_sum(wireBegin_.begin(), wireBegin_.end(), wireBegin_.begin());
    wiresAt_.resize(ends.size());
    std::vector<std::uint32_t> next(wireBegin_.begin(), wireBegin_.end() - 1);
    for (const auto& [node, wire] : ends)
        wiresAt_[next[node]++] = wire;
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
    const auto found = byId_.find(id);
    if (found == byId_.end() || wireBegin_.empty()) return {};
    const std::uint32_t begin = wireBegin_[found->second], end = wireBegin_[found->second + 1];
    return {wiresAt_.data() + begin, end - begin};
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
