#include "topology/edits/adoption.h"

#include "topology/graph/address.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"

#include <fmt/format.h>

#include <set>

namespace millrace::topology {
namespace {

void movePlace(Draft& draft, const NodeId& from, const NodeId& to) {
    const std::string old = "at." + placeKeyOf(from);
    if (const auto place = draft.now().find(old, true)) {
        const std::string value = place->value;
        draft.unset(old, true);
        draft.set("at." + placeKeyOf(to), value, true);
    }
}

Result<NodeId> declareCluster(Draft& draft, const Node& implied) {
    const std::string servers = implied.valueOr("servers");
    const auto first = parseHostPort(servers.substr(0, servers.find(',')));
    const std::string wanted = first && alikeHost(first->host) != "localhost" ? asName(first->host) : "kafka";
    const NodeId from = implied.id;
    const NodeId to = plainId("cluster", freeName(draft.graph(), "cluster/", wanted));
    draft.setAll(to, {{"kind", "external"}, {"servers", servers}});
    movePlace(draft, from, to);
    draft.renamed(from, to);
    return to;
}

Result<NodeId> declareTopic(Draft& draft, const Node& implied) {
    const std::string name = implied.valueOr("name");
    const NodeId from = implied.id;
    NodeId cluster = plainId("cluster", implied.valueOr("cluster"));
    auto declared = declare(draft, cluster);
    MILLRACE_TRY(declared);
    const std::string id = checkName(name) ? name : asName(name);
    NodeId to = plainId("topic", id);
    // The implied node itself stands in the way of its own name only when that is taken by a declared one.
    const Node* taken = draft.graph().find(to);
    if (taken != nullptr && !taken->implied) to = plainId("topic", freeName(draft.graph(), "topic/", id));
    draft.setAll(to, {{"cluster", nameOf(declared.value())}});
    if (nameOf(to) != name) draft.setAll(to, {{"name", name}});
    if (from != to) {
        movePlace(draft, from, to);
        draft.renamed(from, to);
    }
    return to;
}

} // namespace

Result<NodeId> declare(Draft& draft, const NodeId& node) {
    const Node* found = draft.graph().find(node);
    if (found == nullptr) return noSuchNode(node);
    if (!found->implied) return node;
    const Node copy = *found;
    return copy.kind == NodeKind::cluster ? declareCluster(draft, copy) : declareTopic(draft, copy);
}

std::string freeName(const Graph& graph, const std::string& idPrefix, std::string_view wanted) {
    std::set<std::string> taken;
    for (const Node& node : graph.nodes) {
        if (node.id.starts_with(idPrefix)) taken.insert(node.id.substr(idPrefix.size()));
    }
    const std::string base = asName(wanted);
    // "a1" counts on as "a2", "memory" as "memory-2".
    const std::string stem = base.substr(0, base.find_last_not_of("0123456789") + 1);
    const bool counted = !stem.empty() && stem.size() < base.size();
    std::string name = base;
    for (int number = 2; taken.contains(name); ++number)
        name = counted ? fmt::format("{}{}", stem, number) : fmt::format("{}-{}", base, number);
    return name;
}

int freePort(const Graph& graph, int wanted) {
    std::set<int> taken;
    const auto take = [&taken](const std::string& text) {
        for (const std::string& word : splitList(text)) {
            if (const auto port = parsePort(word)) taken.insert(*port);
        }
    };
    for (const Node& node : graph.nodes) {
        if (node.spec != nullptr) {
            for (const auto& end : {node.spec->listens, node.spec->connects}) {
                if (!end.portKey.empty()) take(node.valueOr(end.portKey));
            }
        }
        for (const char* key : {"listen", "servers", "tcp"}) {
            if (node.property(key) == nullptr && node.type != "embedded") continue;
            for (const std::string& address : splitOn(node.valueOr(key), ',')) {
                if (const auto server = parseHostPort(address)) taken.insert(server->port);
            }
        }
    }
    while (taken.contains(wanted) && wanted < 65535)
        ++wanted;
    return wanted;
}

std::string serversOf(const Node& cluster) {
    if (cluster.type != "embedded") return cluster.valueOr("servers");
    const auto listen = parseHostPort(cluster.valueOr("listen"));
    if (!listen) return {};
    const std::string host = isWildcard(alikeHost(listen->host)) ? "127.0.0.1" : listen->host;
    return fmt::format(fmt::runtime(host.find(':') == std::string::npos ? "{}:{}" : "[{}]:{}"), host, listen->port);
}

} // namespace millrace::topology
