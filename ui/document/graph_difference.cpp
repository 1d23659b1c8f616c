#include "document/graph_difference.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace millrace::studio {

namespace {

bool sameProperties(const topology::Node& one, const topology::Node& other) {
    // Ranges and lines move with every edit above them; only words count.
    return std::ranges::equal(one.properties, other.properties,
                              [](const auto& a, const auto& b) { return a.key == b.key && a.value == b.value; });
}

} // namespace

bool same(const topology::Node& one, const topology::Node& other) {
    return one.type == other.type && one.position == other.position && one.declared == other.declared &&
           one.implied == other.implied && sameProperties(one, other);
}

GraphDelta difference(const topology::Graph& before, const topology::Graph& after,
                      const std::vector<GraphDelta::Renamed>& renames) {
    GraphDelta delta;
    std::unordered_map<topology::NodeId, topology::NodeId> formerId;
    for (const GraphDelta::Renamed& rename : renames) {
        if (!before.find(rename.from) || !after.find(rename.to) || rename.from == rename.to) continue;
        delta.renamed.push_back(rename);
        formerId.emplace(rename.to, rename.from);
    }
    std::vector<char> kept(before.nodes.size(), false); // by place
    const auto keep = [&](const topology::Node& old) {
        const auto place = static_cast<std::size_t>(&old - before.nodes.data());
        return std::exchange(kept[place], true) == 0;
    };
    for (std::size_t at = 0; at < after.nodes.size(); ++at) {
        const topology::Node& node = after.nodes[at];
        // Mostly every node stands where it stood.
        const bool inPlace = formerId.empty() && at < before.nodes.size() && before.nodes[at].id == node.id;
        const auto former = formerId.find(node.id);
        const topology::Node* old =
            inPlace ? &before.nodes[at] : before.find(former == formerId.end() ? node.id : former->second);
        if (!old || !keep(*old))
            delta.added.push_back(node.id);
        else if (!same(*old, node))
            delta.changed.push_back(node.id);
    }
    for (std::size_t at = 0; at < before.nodes.size(); ++at)
        if (!kept[at]) delta.removed.push_back(before.nodes[at].id);
    delta.wires = before.wires != after.wires;
    return delta;
}

QSet<QString> changedNodes(const topology::Graph& before, const topology::Graph& after) {
    const GraphDelta delta = difference(before, after, {});
    QSet<QString> ids;
    for (const auto* list : {&delta.added, &delta.changed})
        for (const topology::NodeId& id : *list)
            ids.insert(QString::fromStdString(id));
    return ids;
}

} // namespace millrace::studio
