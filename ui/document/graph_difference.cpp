#include "document/graph_difference.h"

#include <algorithm>
#include <unordered_map>

namespace millrace::studio {

namespace {

bool sameProperties(const topology::Node& one, const topology::Node& other) {
    // Ranges and lines move with every edit above them; only words count.
    return std::ranges::equal(one.properties, other.properties, [](const auto& a, const auto& b) {
        return a.key == b.key && a.value == b.value;
    });
}

bool same(const topology::Node& one, const topology::Node& other) {
    return one.type == other.type && one.position == other.position && one.declared == other.declared &&
           one.implied == other.implied && sameProperties(one, other);
}

} // namespace

QSet<QString> changedNodes(const topology::Graph& before, const topology::Graph& after) {
    std::unordered_map<std::string_view, const topology::Node*> known;
    for (const topology::Node& node : before.nodes)
        known.emplace(node.id, &node);
    QSet<QString> changed;
    for (const topology::Node& node : after.nodes) {
        const auto old = known.find(node.id);
        if (old == known.end() || !same(*old->second, node)) changed.insert(QString::fromStdString(node.id));
    }
    return changed;
}

} // namespace millrace::studio
