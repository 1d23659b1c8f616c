#include "topology/edits/adoption.h"
#include "topology/edits/edits.h"
#include "topology/edits/mentions.h"
#include "topology/text/edit_errors.h"

#include <algorithm>
#include <map>

namespace millrace::topology {
namespace {

/// Removes the chosen nodes with everything that speaks of them.
class Remover {
public:
    Remover(const Document& document, const std::vector<NodeId>& nodes) : graph_(document.graph()), draft_(document) {
        for (const NodeId& id : nodes)
            include(id);
        dissolveGroups();
    }

    const std::set<NodeId>& gone() const { return gone_; }

    void run() {
        removeOwnLines();
        std::map<std::string, std::set<std::string>> lists; // key → names to take out
        std::set<std::string> keys;
        for (const NodeId& id : gone_) {
            const auto parts = parseId(id);
            if (!parts) continue;
            if (!parts->agent.empty() && !gone_.contains(plainId("agent", parts->agent))) {
                for (const Mention& m : mentionsOf(draft_.now(), parts->agent, sectionFor(parts->kind), parts->name)) {
                    if (m.kind == MentionKind::list) {
                        lists[m.entry->key].insert(parts->name);
                    } else {
                        keys.insert(m.entry->key);
                    }
                }
            }
            if (parts->kind == NodeKind::topic) removeTopicMentions(id);
        }
        draft_.removeEntries([&](const Entry& e) { return !e.ours && keys.contains(e.key); });
        for (const auto& [key, names] : lists)
            draft_.removeFromList(key, names);
    }

    Draft& draft() { return draft_; }

private:
    void include(const NodeId& id) {
        const Node* node = graph_.find(id);
        if (node == nullptr || !gone_.insert(id).second) return;
        if (node->kind == NodeKind::agent) {
            for (const Node* part : graph_.partsOf(node->name))
                include(part->id);
        }
        if (node->kind == NodeKind::cluster) {
            for (const Node* topic : graph_.ofKind(NodeKind::topic)) {
                if (topic->valueOr("cluster") == node->name) include(topic->id);
            }
        }
    }

    /// A group of one is no group: its last sink stands alone.
    void dissolveGroups() {
        for (const SinkGroup& group : graph_.groups) {
            const auto left = std::count_if(group.sinks.begin(), group.sinks.end(),
                                            [this](const NodeId& sink) { return !gone_.contains(sink); });
            if (left < 2 && static_cast<std::size_t>(left) < group.sinks.size()) gone_.insert(group.id);
        }
    }

    void removeOwnLines() {
        std::vector<KeyPrefix> prefixes;
        std::set<std::string> places;
        for (const NodeId& id : gone_) {
            prefixes.push_back(prefixOf(id));
            if (id.starts_with("agent/") && agentOf(id).empty()) {
                prefixes.push_back({"agent." + nameOf(id) + ".", true});
            }
            if (const std::string place = placeKeyOf(id); !place.empty()) places.insert("at." + place);
        }
        draft_.removeEntries([&](const Entry& entry) {
            if (entry.ours && places.contains(entry.key)) return true;
            return std::any_of(prefixes.begin(), prefixes.end(), [&](const KeyPrefix& p) {
                return p.ours == entry.ours && entry.key.starts_with(p.prefix);
            });
        });
    }

    /// Otherwise the topic would come back at once as one that is only named.
    void removeTopicMentions(const NodeId& topic) {
        const std::string name = graph_.find(topic)->valueOr("name", graph_.find(topic)->name);
        for (const Wire& wire : graph_.wires) {
            if (wire.from != topic && wire.to != topic) continue;
            const NodeId user = wire.from == topic ? wire.to : wire.from;
            const Node* node = graph_.find(user);
            if (gone_.contains(user) || node == nullptr) continue;
            if (node->kind == NodeKind::traffic) draft_.unset(fullKeyOf(user, "topic").key, true);
            if (node->spec != nullptr) removeFromUser(*node, name);
        }
    }

    void removeFromUser(const Node& node, const std::string& topic) {
        const catalog::KafkaUse& kafka = node.spec->kafka;
        if (!kafka.topicKey.empty()) draft_.unset(fullKeyOf(node.id, kafka.topicKey).key);
        if (kafka.topicsKey.empty()) return;
        const std::string key = fullKeyOf(node.id, kafka.topicsKey).key;
        auto topics = splitOn(node.valueOr(kafka.topicsKey), ',');
        std::erase(topics, topic);
        std::erase(topics, std::string());
        std::string left;
        for (const std::string& t : topics)
            left += (left.empty() ? "" : ", ") + t;
        if (left.empty()) {
            draft_.unset(key);
        } else if (node.property(kafka.topicsKey) != nullptr) {
            draft_.set(key, left);
        }
    }

    const Graph& graph_;
    Draft draft_;
    std::set<NodeId> gone_;
};

/// The removed nodes that hang together by wires, and their neighbours that stay.
struct Island {
    std::set<NodeId> before, after;
};

std::vector<Island> islands(const Graph& graph, const std::set<NodeId>& gone) {
    std::map<NodeId, NodeId> leader;
    for (const NodeId& id : gone)
        leader[id] = id;
    const auto find = [&leader](NodeId id) {
        while (leader[id] != id)
            id = leader[id];
        return id;
    };
    for (const Wire& wire : graph.wires) {
        if (gone.contains(wire.from) && gone.contains(wire.to)) leader[find(wire.from)] = find(wire.to);
    }
    std::map<NodeId, Island> found;
    for (const Wire& wire : graph.wires) {
        if (gone.contains(wire.from) == gone.contains(wire.to)) continue;
        if (gone.contains(wire.from)) {
            found[find(wire.from)].after.insert(wire.to);
        } else {
            found[find(wire.to)].before.insert(wire.from);
        }
    }
    std::vector<Island> out;
    for (auto& [id, island] : found)
        out.push_back(std::move(island));
    return out;
}

/// A sink that has lost its channel takes from the only other one of the source that fed it.
std::optional<NodeId> otherChannel(const Document& now, const NodeId& source) {
    std::optional<NodeId> only;
    for (const Wire& wire : now.graph().wires) {
        if (wire.kind != WireKind::sourceToChannel || wire.from != source) continue;
        if (only) return std::nullopt;
        only = wire.to;
    }
    return only;
}

void healOne(Draft& draft, const Island& island) {
    if (island.before.size() != 1 || island.after.size() != 1) return;
    NodeId from = *island.before.begin();
    const NodeId to = *island.after.begin();
    const Node *a = draft.graph().find(from), *b = draft.graph().find(to);
    if (a == nullptr || b == nullptr) return;
    if (a->kind == NodeKind::source && b->kind == NodeKind::sink) {
        const auto channel = otherChannel(draft.now(), from);
        if (!channel) return;
        from = *channel;
    }
    if (auto healed = connect(draft.now(), from, to)) draft.change(healed.value().replacements);
}

} // namespace

Result<Edit> removeNodes(const Document& document, const std::vector<NodeId>& nodes, bool heal) {
    MILLRACE_TRY(editable(document));
    for (const NodeId& id : nodes) {
        const Node* node = document.graph().find(id);
        if (node == nullptr) return noSuchNode(id);
        if (node->implied && node->kind == NodeKind::cluster && nodes.size() == 1) {
            return refusal("cluster-named-by-users");
        }
    }
    Remover remover(document, nodes);
    remover.run();
    if (heal) {
        for (const Island& island : islands(document.graph(), remover.gone()))
            healOne(remover.draft(), island);
    }
    return remover.draft().take();
}

} // namespace millrace::topology
