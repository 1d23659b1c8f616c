#include "topology/edits/adoption.h"
#include "topology/edits/edits.h"
#include "topology/text/escapes.h"
#include "topology/graph/address.h"
#include "topology/graph/graph_builder.h"
#include "topology/graph/keys.h"
#include "topology/layout/layout.h"
#include "topology/text/edit_errors.h"
#include "topology/edits/working_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::topology {
namespace {

using Values = std::vector<KeyValue>;

/// The name that Flume's own guide gives an agent.
constexpr std::string_view kUsualAgent = "a1";

catalog::ComponentKind componentKind(NodeKind kind) {
    return kind == NodeKind::source    ? catalog::ComponentKind::source
           : kind == NodeKind::channel ? catalog::ComponentKind::channel
                                       : catalog::ComponentKind::sink;
}

/// Below everything that has a place, so that nothing is covered.
Position freePlace(const Graph& graph) {
    double bottom = 0;
    for (const auto& [id, position] : layout(graph)) {
        bottom = std::max(bottom, position.y + position.height.value_or(metrics::kTopicHeight) + metrics::kGapY);
    }
    return {0, bottom, {}, {}};
}

class Adder {
public:
    Adder(const Document& document, const NewNode& wanted) : draft_(document), wanted_(wanted) {}

    Result<NewNodeResult> run() {
        if (!wanted_.name.empty()) MILLRACE_TRY(checkName(wanted_.name));
        for (const auto& [key, value] : wanted_.properties) {
            if (trimmed(value).empty()) return refusal("empty-property-value", {key});
        }
        auto id = add();
        MILLRACE_TRY(id);
        if (wanted_.position && wanted_.kind != NodeKind::agent) {
            draft_.set("at." + placeKeyOf(id.value()), formatPosition(*wanted_.position), true);
        }
        return NewNodeResult{draft_.take(), id.value()};
    }

private:
    Result<NodeId> add() {
        switch (wanted_.kind) {
        case NodeKind::source:
        case NodeKind::channel:
        case NodeKind::sink:
            return addComponent();
        case NodeKind::agent:
            return addAgent();
        case NodeKind::cluster:
            return addCluster();
        case NodeKind::topic:
            return addTopic();
        case NodeKind::traffic:
            return addTraffic();
        case NodeKind::note:
            return addNote();
        case NodeKind::sinkGroup:
            break;
        }
        return refusal("group-needs-sinks");
    }

    /// The id for the wanted or a free name; an error when the wanted one is taken.
    Result<NodeId> newId(const std::string& prefix, std::string_view usual) const {
        if (wanted_.name.empty()) return prefix + freeName(draft_.graph(), prefix, usual);
        const Node* taken = draft_.graph().find(prefix + wanted_.name);
        if (taken != nullptr && !taken->implied) return nameTaken(wanted_.name);
        return prefix + wanted_.name;
    }

    Values withWanted(Values values) const {
        for (const auto& [key, value] : wanted_.properties) {
            const auto known =
                std::find_if(values.begin(), values.end(), [&](const KeyValue& v) { return v.first == key; });
            if (known != values.end()) {
                known->second = value;
            } else {
                values.emplace_back(key, value);
            }
        }
        return values;
    }

    Result<NodeId> addComponent() {
        const catalog::ComponentSpec* spec = draft_.now().catalog().find(componentKind(wanted_.kind), wanted_.type);
        if (spec == nullptr && trimmed(wanted_.type).empty()) return refusal("node-needs-type", {toString(wanted_.kind)});
        const std::string agent = wanted_.agent.empty() ? freeName(draft_.graph(), "agent/", kUsualAgent) : wanted_.agent;
        MILLRACE_TRY(checkName(agent));
        const Section section = sectionFor(wanted_.kind);
        const std::string title =
            spec != nullptr ? std::string(spec->title) : wanted_.type.substr(wanted_.type.rfind('.') + 1);
        auto id = newId(componentId(agent, section, ""), title);
        MILLRACE_TRY(id);
        const std::string name = nameOf(id.value());
        Values values{{"type", spec != nullptr ? typeValue(*spec) : wanted_.type}};
        if (spec != nullptr) {
            const Values more = workingValues(draft_.graph(), *spec, agent, name, wanted_.properties);
            values.insert(values.end(), more.begin(), more.end());
        } else {
            values = withWanted(std::move(values));
        }
        draft_.addToList(fmt::format("{}.{}", agent, toString(section)), name);
        draft_.setAll(id.value(), values);
        return id;
    }

    Result<NodeId> addAgent() {
        auto id = newId("agent/", wanted_.type.empty() ? kUsualAgent : std::string_view(wanted_.type));
        MILLRACE_TRY(id);
        const Position position = wanted_.position.value_or(freePlace(draft_.graph()));
        draft_.set("at." + placeKeyOf(id.value()), formatPosition(position), true);
        draft_.setAll(id.value(), withWanted({}));
        return id;
    }

    Result<NodeId> addCluster() {
        const bool external = wanted_.type == "external";
        auto id = newId("cluster/", external ? "kafka" : "local");
        MILLRACE_TRY(id);
        const std::string address = fmt::format("127.0.0.1:{}", freePort(draft_.graph(), 9092));
        draft_.setAll(id.value(), withWanted({{"kind", external ? "external" : "embedded"},
                                              {external ? "servers" : "listen", address}}));
        return id;
    }

    /// A topic that is drawn wants a broker: at an address of this computer, which so far only clients name, it is run
    /// here, as if the topic had been drawn first.
    Result<NodeId> clusterOfClients(const NodeId& implied) {
        const auto address = parseHostPort(draft_.graph().find(implied)->valueOr("servers"));
        auto id = declare(draft_, implied);
        MILLRACE_TRY(id);
        if (!address || alikeHost(address->host) != "localhost") return id;
        const FullKey servers = fullKeyOf(id.value(), "servers");
        draft_.unset(servers.key, servers.ours);
        draft_.setAll(id.value(),
                      {{"kind", "embedded"}, {"listen", fmt::format("127.0.0.1:{}", address->port)}});
        return id;
    }

    /// The named cluster, else the file's first, else a new embedded one.
    Result<NodeId> clusterForTopic() {
        if (const auto named = wanted_.properties.find("cluster"); named != wanted_.properties.end()) {
            return declare(draft_, plainId("cluster", named->second));
        }
        const auto clusters = draft_.graph().ofKind(NodeKind::cluster);
        const auto declared = std::find_if(clusters.begin(), clusters.end(), [](const Node* c) { return !c->implied; });
        if (declared != clusters.end()) return (*declared)->id;
        if (!clusters.empty()) return clusterOfClients(clusters.front()->id);
        const NodeId id = "cluster/local";
        draft_.setAll(id,
                      {{"kind", "embedded"}, {"listen", fmt::format("127.0.0.1:{}", freePort(draft_.graph(), 9092))}});
        return id;
    }

    Result<NodeId> addTopic() {
        auto cluster = clusterForTopic();
        MILLRACE_TRY(cluster);
        auto id = newId("topic/", "topic");
        MILLRACE_TRY(id);
        Values values = withWanted({{"cluster", ""}, {"partitions", "3"}});
        values.front().second = nameOf(cluster.value());
        draft_.setAll(id.value(), values);
        return id;
    }

    Result<NodeId> addTraffic() {
        const std::string kind = wanted_.type.empty() ? "weblog" : wanted_.type;
        auto id = newId("traffic/", kind);
        MILLRACE_TRY(id);
        draft_.setAll(id.value(), withWanted({{"kind", kind}, {"rate", "200"}}));
        return id;
    }

    Result<NodeId> addNote() {
        auto id = newId("note/", "note");
        MILLRACE_TRY(id);
        draft_.setAll(id.value(), withWanted({{"text", "Note"}}));
        return id;
    }

    Draft draft_;
    const NewNode& wanted_;
};

} // namespace

Result<NewNodeResult> addNode(const Document& document, const NewNode& node) {
    MILLRACE_TRY(editable(document));
    return Adder(document, node).run();
}

Result<Edit> moveNodes(const Document& document, const std::vector<Move>& moves) {
    MILLRACE_TRY(editable(document));
    Draft draft(document);
    std::vector<KeyValue> fresh;
    for (const Move& move : moves) {
        const std::string place = placeKeyOf(move.node);
        if (place.empty()) return refusal("node-has-no-place", {move.node});
        const std::string key = "at." + place, value = formatPosition(move.position);
        const auto old = document.find(key, true);
        if (!old) {
            fresh.emplace_back(key, value);
        } else if (parsePosition(old->value) != parsePosition(value)) {
            draft.set(key, value, true);
        }
    }
    // Many new lines side by side are one insertion, so that tidying up a large file stays fast.
    constexpr std::size_t kFew = 8;
    if (fresh.size() > kFew) {
        draft.insertTogether(fresh, true);
    } else {
        for (const auto& [key, value] : fresh)
            draft.set(key, value, true);
    }
    return draft.take();
}

} // namespace millrace::topology
