#include "base/utf8.h"
#include "topology/edits/adoption.h"
#include "topology/edits/edits.h"
#include "topology/edits/own_places.h"
#include "topology/graph/address.h"
#include "topology/graph/graph_builder.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"
#include "topology/text/escapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace millrace::topology {
namespace {

/// Chosen nodes with the parts of chosen agents.
std::set<NodeId> withParts(const Graph& graph, const std::vector<NodeId>& nodes) {
    std::set<NodeId> out;
    for (const NodeId& id : nodes) {
        const Node* node = graph.find(id);
        if (node == nullptr || node->implied) continue;
        out.insert(id);
        if (node->kind != NodeKind::agent) continue;
        for (const Node* part : graph.partsOf(node->name))
            out.insert(part->id);
    }
    return out;
}

/// The node that an entry belongs to; empty for lists and what belongs to none.
NodeId ownerOf(const Entry& entry) {
    if (entry.ours) {
        const OurKey key = parseOurKey(entry.key);
        if (key.family == "at") return placedId(key.id);
        return plainId(key.family, key.id);
    }
    const FlumeKey key = parseFlumeKey(entry.key);
    return key.isComponent() ? componentId(key.agent, *key.section, key.name) : NodeId();
}

/// The lines of an entry. Those for Flume in ASCII, so that the whole is UTF-8.
void appendLines(std::string& out, const std::string& text, const Entry& entry) {
    const std::string_view lines = std::string_view(text).substr(entry.lines.begin, entry.lines.size());
    out += entry.ours ? validUtf8(lines) : asciiProperties(lines);
    if (out.back() != '\n' && out.back() != '\r') out += '\n';
    // The last entry of a file may end in a backslash, which must not reach for what comes next here.
    if (!entry.ours && endsContinued(lines)) out += '\n';
}

} // namespace

std::string copyText(const Document& document, const std::vector<NodeId>& nodes) {
    const Graph& graph = document.graph();
    const std::set<NodeId> chosen = withParts(graph, nodes);
    std::string ours, flume;
    std::string lastAgent;
    for (const Entry* entry : effectiveEntries(document.properties())) {
        if (entry->ours && chosen.contains(ownerOf(*entry))) appendLines(ours, document.text(), *entry);
    }
    for (const Node* agent : graph.ofKind(NodeKind::agent)) {
        std::map<Section, std::string> lists;
        for (const Node* part : graph.partsOf(agent->name)) {
            if (!chosen.contains(part->id)) continue;
            std::string& list = lists[sectionFor(part->kind)];
            list += (list.empty() ? "" : " ") + part->name;
        }
        if (lists.empty()) continue;
        if (!flume.empty() || !ours.empty()) flume += "\n";
        for (const auto& [section, names] : lists)
            flume += fmt::format("{}.{} = {}\n", encodeKey(agent->name), toString(section), encodeValue(names));
        for (const Entry* entry : effectiveEntries(document.properties())) {
            const NodeId owner = entry->ours ? NodeId() : ownerOf(*entry);
            if (!owner.empty() && agentOf(owner) == agent->name && chosen.contains(owner)) {
                appendLines(flume, document.text(), *entry);
            }
        }
    }
    if (ours.empty() && flume.empty()) return {};
    return "#@ version = 1\n" + ours + flume;
}

namespace {

class Paster {
public:
    Paster(const Document& document, std::string_view text, double dx, double dy, std::string_view intoAgent)
        : draft_(document),
          source_(Document::parse(std::string(text), document.catalog())),
          dx_(dx),
          dy_(dy),
          into_(intoAgent) {}

    Result<PasteResult> run() {
        for (const Node& node : source_.graph().nodes)
            chooseName(node);
        if (ids_.empty()) return refusal("clipboard-empty");
        for (const Node& node : source_.graph().nodes)
            choosePorts(node);
        for (const Node& node : source_.graph().nodes) {
            if (!node.implied && ids_.contains(node.id)) insert(node);
        }
        return PasteResult{draft_.take(), pasted_};
    }

private:
    bool taken(const NodeId& id) const {
        const Node* node = draft_.graph().find(id);
        return (node != nullptr && !node->implied) || used_.contains(id);
    }

    NodeId freeId(const std::string& prefix, const std::string& name) {
        NodeId id = prefix + name;
        for (int number = 2; taken(id); ++number)
            id = fmt::format("{}{}-{}", prefix, name, number);
        used_.insert(id);
        return id;
    }

    void chooseName(const Node& node) {
        if (node.implied) return;
        if (node.kind == NodeKind::agent) {
            if (into_.empty()) ids_[node.id] = freeId("agent/", node.name);
            return;
        }
        if (node.agent.empty()) {
            ids_[node.id] = freeId(std::string(toString(node.kind)) + "/", node.name);
            return;
        }
        ids_[node.id] = freeId(componentId(newAgent(node.agent), sectionFor(node.kind), ""), node.name);
    }

    /// A port on which something listens already is another one in the copy; what goes there in the copy follows.
    void choosePorts(const Node& node) {
        if (node.spec == nullptr || node.spec->listens.portKey.empty()) return;
        const std::string wanted = node.valueOr(node.spec->listens.portKey);
        const auto port = parsePort(wanted);
        const bool listened = std::ranges::any_of(draft_.graph().nodes, [&](const Node& other) {
            return other.spec != nullptr && !other.spec->listens.portKey.empty() &&
                   other.valueOr(other.spec->listens.portKey) == wanted;
        });
        if (!port || !listened || ports_.contains(wanted)) return;
        int next = *port;
        for (const auto& [old, fresh] : ports_)
            next = std::max(next, *parsePort(fresh) + 1);
        ports_[wanted] = std::to_string(freePort(draft_.graph(), next));
    }

    std::string newAgent(const std::string& old) const {
        return into_.empty() ? nameOf(ids_.at(plainId("agent", old))) : into_;
    }

    void insert(const Node& node) {
        const NodeId id = ids_.at(node.id);
        pasted_.push_back(id);
        if (node.kind == NodeKind::agent) {
            if (const Property* host = node.property("host")) draft_.setAll(id, {{"host", host->value}});
            if (node.position) place(node, id);
            return;
        }
        if (!node.agent.empty() && node.declared) {
            draft_.addToList(fmt::format("{}.{}", newAgent(node.agent), toString(sectionFor(node.kind))),
                             nameOf(id));
        }
        std::vector<KeyValue> values;
        for (const Property& property : node.properties) {
            KeyValue value = translated(node, property);
            if (!value.second.empty()) values.push_back(std::move(value));
        }
        addOwnPlaces(node, values);
        draft_.setAll(id, values);
        if (node.position) place(node, id);
    }

    /// Where a default would be shared, the copy has a place of its own.
    void addOwnPlaces(const Node& node, std::vector<KeyValue>& values) const {
        if (node.spec == nullptr) return;
        for (const std::string_view key : ownPlaceKeys()) {
            if (node.property(key) != nullptr || node.spec->property(key) == nullptr) continue;
            const std::string usual = node.valueOr(key);
            if (usual.empty()) continue;
            const std::string own = ownPlace(draft_.graph(), key, usual);
            if (own != usual) values.emplace_back(key, own);
        }
    }

    void place(const Node& node, const NodeId& id) {
        Position position = *node.position;
        position.x += dx_;
        position.y += dy_;
        draft_.set("at." + placeKeyOf(id), formatPosition(position), true);
    }

    /// The property with names of pasted parts replaced; what names a part that is not there is left out.
    KeyValue translated(const Node& node, const Property& property) {
        const std::string& key = property.key;
        const std::string_view priority = "processor.priority.";
        if (node.kind == NodeKind::source &&
            (key == "channels" || key == "selector.default" || key == "selector.optional" ||
             key.starts_with("selector.mapping.") || key.starts_with("selector.optional."))) {
            return {key, words(node.agent, Section::channels, property.value)};
        }
        if (node.kind == NodeKind::sink && key == "channel")
            return {key, words(node.agent, Section::channels, property.value)};
        if (node.kind == NodeKind::sinkGroup && key == "sinks")
            return {key, words(node.agent, Section::sinks, property.value)};
        if (node.kind == NodeKind::sinkGroup && key.starts_with(priority)) {
            const std::string sink = words(node.agent, Section::sinks, key.substr(priority.size()));
            return {std::string(priority) + sink, sink.empty() ? "" : property.value};
        }
        if (node.kind == NodeKind::topic && key == "cluster") return {key, plain("cluster", property.value)};
        if (node.kind == NodeKind::traffic && key == "topic") return {key, plain("topic", property.value)};
        if (node.spec != nullptr && !key.empty() &&
            (key == node.spec->listens.portKey || key == node.spec->connects.portKey)) {
            const auto port = ports_.find(property.value);
            if (port != ports_.end()) return {key, port->second};
        }
        return {key, ownPlace(draft_.graph(), key, property.value)};
    }

    std::string words(const std::string& agent, Section section, const std::string& value) const {
        std::string out;
        for (const std::string& name : splitList(value)) {
            const auto pasted = ids_.find(componentId(agent, section, name));
            std::string fresh;
            if (pasted != ids_.end()) {
                fresh = nameOf(pasted->second);
            } else if (const NodeId there = componentId(newAgent(agent), section, name);
                       draft_.graph().find(there) != nullptr) {
                fresh = name;
            }
            if (!fresh.empty()) out += (out.empty() ? "" : " ") + fresh;
        }
        return out;
    }

    std::string plain(std::string_view family, const std::string& name) const {
        const auto pasted = ids_.find(plainId(family, name));
        return pasted == ids_.end() ? name : nameOf(pasted->second);
    }

    Draft draft_;
    Document source_;
    double dx_, dy_;
    std::string into_;
    std::map<NodeId, NodeId> ids_;
    std::set<NodeId> used_;
    std::map<std::string, std::string> ports_; ///< of the text → of the copy
    std::vector<NodeId> pasted_;
};

} // namespace

Result<PasteResult> paste(const Document& document, std::string_view text, double dx, double dy,
                          std::string_view intoAgent) {
    MILLRACE_TRY(editable(document));
    if (!intoAgent.empty()) MILLRACE_TRY(checkName(intoAgent));
    constexpr std::size_t kMostBytes = 4 << 20;
    if (text.size() > kMostBytes) return refusal("clipboard-too-large", {}, ErrorCode::outOfRange);
    return Paster(document, text, dx, dy, intoAgent).run();
}

} // namespace millrace::topology
