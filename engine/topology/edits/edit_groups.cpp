#include "topology/edits/adoption.h"
#include "topology/edits/draft.h"
#include "topology/edits/edits.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"

#include <algorithm>
#include <charconv>

namespace millrace::topology {
namespace {

/// Sinks of one agent, none in another group than `own`.
Status groupable(const Graph& graph, const std::vector<NodeId>& sinks, const NodeId& own) {
    std::string agent;
    for (const NodeId& id : sinks) {
        const Node* sink = graph.find(id);
        if (sink == nullptr || sink->kind != NodeKind::sink) return refusal("group-of-other-things");
        if (!agent.empty() && agent != sink->agent) return refusal("group-of-two-agents");
        agent = sink->agent;
        for (const SinkGroup& group : graph.groups) {
            const bool member = std::find(group.sinks.begin(), group.sinks.end(), id) != group.sinks.end();
            if (member && group.id != own) {
                return refusal("in-another-group", {sink->name, nameOf(group.id)});
            }
        }
    }
    return ok();
}

std::string namesOf(const std::vector<NodeId>& ids) {
    std::string out;
    for (const NodeId& id : ids)
        out += (out.empty() ? "" : " ") + nameOf(id);
    return out;
}

/// Every member of a failover group has a priority: a new one gets a lower one than all.
void completePriorities(Draft& draft, const NodeId& group, const std::vector<NodeId>& sinks) {
    const Node node = *draft.graph().find(group);
    int lowest = static_cast<int>(sinks.size()) * 10 + 10;
    const auto keyOf = [](const NodeId& sink) { return "processor.priority." + nameOf(sink); };
    for (const NodeId& sink : sinks) {
        const std::string text = node.valueOr(keyOf(sink));
        int priority = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), priority);
        if (error == std::errc{} && end == text.data() + text.size()) lowest = std::min(lowest, priority);
    }
    for (const NodeId& sink : sinks) {
        if (node.property(keyOf(sink)) != nullptr) continue;
        lowest -= 10;
        draft.setAll(group, {{keyOf(sink), std::to_string(lowest)}});
    }
}

bool isFailover(const Document& document, std::string_view processor) {
    const auto* spec = document.catalog().find(catalog::ComponentKind::sinkProcessor, processor);
    return spec != nullptr && spec->alias == "failover";
}

} // namespace

Result<NewNodeResult> groupSinks(const Document& document, const std::vector<NodeId>& sinks,
                                 std::string_view processor) {
    MILLRACE_TRY(editable(document));
    if (sinks.size() < 2) return refusal("group-needs-two");
    MILLRACE_TRY(groupable(document.graph(), sinks, {}));
    const std::string agent = document.graph().find(sinks.front())->agent;
    const std::string prefix = componentId(agent, Section::sinkgroups, "");
    const NodeId id = prefix + freeName(document.graph(), prefix, "team");
    Draft draft(document);
    draft.addToList(agent + ".sinkgroups", nameOf(id));
    draft.setAll(id, {{"sinks", namesOf(sinks)}, {"processor.type", std::string(processor)}});
    if (isFailover(document, processor)) completePriorities(draft, id, sinks);
    return NewNodeResult{draft.take(), id};
}

Result<Edit> setGroupMembers(const Document& document, const NodeId& group, const std::vector<NodeId>& sinks) {
    MILLRACE_TRY(editable(document));
    const Node* node = document.graph().find(group);
    if (node == nullptr || node->kind != NodeKind::sinkGroup) {
        return refusal("no-such-group", {group}, ErrorCode::notFound);
    }
    if (sinks.size() < 2) return removeNodes(document, {group}, false);
    MILLRACE_TRY(groupable(document.graph(), sinks, group));
    if (document.graph().find(sinks.front())->agent != node->agent) {
        return refusal("group-of-two-agents");
    }
    Draft draft(document);
    draft.setAll(group, {{"sinks", namesOf(sinks)}});
    const std::string priority = prefixOf(group).prefix + "processor.priority.";
    draft.removeEntries([&](const Entry& entry) {
        if (entry.ours || !entry.key.starts_with(priority)) return false;
        const NodeId sink = componentId(node->agent, Section::sinks, entry.key.substr(priority.size()));
        return std::find(sinks.begin(), sinks.end(), sink) == sinks.end();
    });
    if (isFailover(document, node->type)) completePriorities(draft, group, sinks);
    return draft.take();
}

} // namespace millrace::topology
