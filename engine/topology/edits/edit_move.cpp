#include "topology/edits/edits.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"

#include <algorithm>
#include <set>

namespace millrace::topology {
namespace {

bool isPart(const Node& node) {
    return node.kind == NodeKind::source || node.kind == NodeKind::channel || node.kind == NodeKind::sink;
}

/// What each part is called now: parts of one kind come out of the clipboard in the order in which they went in.
std::vector<Rename> renamesOf(const Graph& before, const std::set<NodeId>& parts, const std::vector<NodeId>& after) {
    std::vector<Rename> renames;
    for (const NodeKind kind : {NodeKind::source, NodeKind::channel, NodeKind::sink}) {
        auto next = after.begin();
        for (const Node& node : before.nodes) {
            if (node.kind != kind || !parts.contains(node.id)) continue;
            next = std::find_if(next, after.end(), [kind](const NodeId& id) { return parseId(id)->kind == kind; });
            if (next == after.end()) break;
            renames.push_back({node.id, *next++});
        }
    }
    return renames;
}

} // namespace

Result<Edit> moveToAgent(const Document& document, const std::vector<NodeId>& nodes, std::string_view agent) {
    const Node* target = document.graph().find(plainId("agent", agent));
    if (target == nullptr) return noSuchNode(plainId("agent", agent));
    std::set<NodeId> parts;
    for (const NodeId& id : nodes) {
        const Node* node = document.graph().find(id);
        if (node == nullptr) return noSuchNode(id);
        if (isPart(*node) && node->agent != agent) parts.insert(id);
    }
    if (parts.empty()) return Edit{};
    const std::vector<NodeId> moving(parts.begin(), parts.end());
    const std::string text = copyText(document, moving);
    // Taken out first, so that names, ports and files of their own stay theirs.
    const Result<Edit> removed = removeNodes(document, moving, false);
    if (!removed) return removed.error();
    const auto without = document.apply(*removed);
    if (!without) return without.error();
    const auto pasted = paste(without->document, text, 0, 0, agent);
    if (!pasted) return pasted.error();
    Result<Edit> whole = compose(document, *removed, pasted->edit);
    if (whole) whole->renames = renamesOf(document.graph(), parts, pasted->pasted);
    return whole;
}

} // namespace millrace::topology
