#include "topology/graph/graph_builder.h"
#include "topology/graph/keys.h"

#include "topology/graph/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace millrace::topology {
namespace {

/// What a selector says about one channel of its source.
struct Route {
    std::string label;
    bool required = false;
    bool optional = false;
};

void addValue(std::string& label, std::string_view value) {
    if (!label.empty()) label += ", ";
    label += value;
}

bool isMultiplexing(const GraphBuilder& builder, const std::string& type) {
    const auto* spec = builder.catalog().find(catalog::ComponentKind::channelSelector, type);
    return spec != nullptr && spec->alias == "multiplexing";
}

void readRoutes(const GraphBuilder& builder, const Node& source, std::map<std::string, Route>& routes) {
    const bool selects = std::ranges::any_of(
        source.properties, [](const Property& property) { return property.key.starts_with("selector."); });
    if (!selects) return;
    const bool multiplexing = isMultiplexing(builder, builder.value(source, "selector.type"));
    for (const Property& property : source.properties) {
        const std::string_view key = property.key;
        if (!key.starts_with("selector.")) continue;
        const auto channels = splitOn(builder.value(source, key), ' ');
        if (!multiplexing) {
            if (key != "selector.optional") continue;
            for (const std::string& channel : channels)
                routes[channel].optional = true;
            continue;
        }
        const bool mapping = key.starts_with("selector.mapping."), fallback = key == "selector.default";
        const bool optional = key.starts_with("selector.optional.");
        if (!mapping && !fallback && !optional) continue;
        const std::string_view value = mapping ? key.substr(17) : optional ? key.substr(18) : "default";
        for (const std::string& channel : channels) {
            addValue(routes[channel].label, value);
            (optional ? routes[channel].optional : routes[channel].required) = true;
        }
    }
}

struct Listener {
    const Node* source;
    std::string host; ///< alike
    std::string agentHost;
};

} // namespace

void GraphBuilder::readSourceWires(const Node& source) {
    std::map<std::string, Route> routes;
    readRoutes(*this, source, routes);
    std::set<std::string> seen;
    for (const std::string& channel : splitList(value(source, "channels"))) {
        const NodeId to = componentId(source.agent, Section::channels, channel);
        if (!seen.insert(channel).second || find(to) == nullptr) continue;
        const Route& route = routes[channel];
        addWire({WireKind::sourceToChannel, source.id, to, route.label, route.optional && !route.required});
    }
}

void GraphBuilder::readComponentWires() {
    std::set<NodeId> grouped;
    for (const Node& node : graph_.nodes) {
        if (node.kind == NodeKind::source) readSourceWires(node);
        if (node.kind == NodeKind::sink) {
            const NodeId from = componentId(node.agent, Section::channels, value(node, "channel"));
            if (find(from) != nullptr) addWire({WireKind::channelToSink, from, node.id, {}, false});
        }
        if (node.kind != NodeKind::sinkGroup) continue;
        SinkGroup group{node.id, node.type, {}};
        for (const std::string& sink : splitList(value(node, "sinks"))) {
            const NodeId id = componentId(node.agent, Section::sinks, sink);
            // A sink belongs to one group only.
            if (find(id) != nullptr && grouped.insert(id).second) group.sinks.push_back(id);
        }
        graph_.groups.push_back(std::move(group));
    }
}

void GraphBuilder::readHops() {
    std::map<std::string, std::vector<Listener>> listeners; // by protocol and port
    const auto agentHost = [this](const Node& node) {
        const Node* owner = find(plainId("agent", node.agent));
        const Property* host = owner != nullptr ? owner->property("host") : nullptr;
        return host != nullptr ? host->value : std::string();
    };
    const auto addressOf = [this](const std::string& host) {
        for (const Entry& entry : properties_.entries) {
            if (entry.ours && entry.key == "host." + host + ".address") return alikeHost(entry.value);
        }
        return std::string();
    };
    for (const Node& node : graph_.nodes) {
        if (node.kind != NodeKind::source || node.spec == nullptr || node.spec->listens.portKey.empty()) continue;
        const auto& listens = node.spec->listens;
        const std::string host = alikeHost(listens.hostKey.empty() ? "" : value(node, listens.hostKey));
        for (const std::string& port : splitList(value(node, listens.portKey))) {
            if (!parsePort(port)) continue;
            listeners[fmt::format("{} {}", listens.protocol, *parsePort(port))].push_back(
                {&node, host, agentHost(node)});
        }
    }
    for (const Node& node : graph_.nodes) {
        if (node.kind != NodeKind::sink || node.spec == nullptr || node.spec->connects.portKey.empty()) continue;
        const auto& connects = node.spec->connects;
        const auto port = parsePort(value(node, connects.portKey));
        const std::string host = alikeHost(value(node, connects.hostKey));
        if (!port || isWildcard(host)) continue;
        const auto found = listeners.find(fmt::format("{} {}", connects.protocol, *port));
        if (found == listeners.end()) continue;
        const std::string own = agentHost(node);
        const auto meets = [&](const Listener& l) {
            if (host == "localhost") return l.agentHost == own && (l.host == host || isWildcard(l.host));
            if (l.host == host) return true;
            if (!isWildcard(l.host)) return false;
            // "Any address" is reached by the name of its host, or by a foreign name when there is no other candidate.
            return l.agentHost.empty() ? found->second.size() == 1 : addressOf(l.agentHost) == host;
        };
        const auto listener = std::find_if(found->second.begin(), found->second.end(), meets);
        if (listener != found->second.end()) addWire({WireKind::hop, node.id, listener->source->id, {}, false});
    }
}

} // namespace millrace::topology
