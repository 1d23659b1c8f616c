#include "topology/checks/run_plan.h"

#include "catalog/kafka/kafka_setting.h"
#include "topology/checks/agent_start.h"
#include "topology/checks/config_filters.h"
#include "topology/checks/lint.h"
#include "topology/edits/adoption.h"
#include "topology/graph/graph_builder.h"
#include "topology/graph/graph_reader.h"
#include "topology/text/escapes.h"

#include <algorithm>
#include <charconv>

namespace millrace::topology {
namespace {

bool isOurFamily(std::string_view word) {
    return familyRank(word) % 2 == 0;
}

/// The entries with overrides in them; ranges stay those of the text.
PropertiesText withOverrides(PropertiesText properties, const std::map<std::string, std::string>& overrides) {
    for (const auto& [given, text] : overrides) {
        const std::string value(trimmed(text)); // as if they stood in the file
        std::string key(trimmed(given));
        bool ours = key.starts_with("#@");
        if (ours) key = key.substr(std::min(key.size(), key.find_first_not_of(" \t", 2)));
        const std::string family = key.substr(0, key.find('.'));
        const auto isAgent = [&](const Entry& e) { return !e.ours && e.key.starts_with(family + "."); };
        ours = ours ||
               (isOurFamily(family) && std::none_of(properties.entries.begin(), properties.entries.end(), isAgent));
        bool found = false;
        for (Entry& entry : properties.entries) {
            if (entry.ours != ours || entry.key != key) continue;
            entry.value = value;
            entry.highBytes = false;
            entry.droppedBackslash = entry.malformedEscape = std::string::npos;
            found = true;
        }
        if (found) continue;
        Entry entry;
        entry.key = key;
        entry.value = value;
        entry.ours = ours;
        properties.entries.push_back(std::move(entry));
    }
    return properties;
}

/// Hosts before those that send to them: the last hop first. Cycles are cut where the file order says.
std::vector<std::string> startOrder(const Graph& graph) {
    std::map<std::string, std::vector<std::string>> next; // agent → agents it sends to
    std::map<NodeId, std::vector<std::string>> readers;   // topic → agents
    for (const Wire& wire : graph.wires) {
        if (wire.kind == WireKind::consume) readers[wire.from].push_back(agentOf(wire.to));
    }
    for (const Wire& wire : graph.wires) {
        if (wire.kind == WireKind::hop) next[agentOf(wire.from)].push_back(agentOf(wire.to));
        if (wire.kind != WireKind::produce || agentOf(wire.from).empty()) continue;
        for (const std::string& reader : readers[wire.to])
            next[agentOf(wire.from)].push_back(reader);
    }
    std::vector<std::string> order;
    std::map<std::string, bool> seen;
    // Depth first without recursion: a chain may be as long as the file.
    for (const Node* agent : graph.ofKind(NodeKind::agent)) {
        std::vector<std::pair<std::string, std::size_t>> path;
        if (!seen[agent->name]) path.emplace_back(agent->name, 0);
        seen[agent->name] = true;
        while (!path.empty()) {
            auto& [name, index] = path.back();
            const auto& targets = next[name];
            if (index == targets.size()) {
                order.push_back(name);
                path.pop_back();
                continue;
            }
            const std::string target = targets[index++];
            if (!seen[target]) path.emplace_back(target, 0);
            seen[target] = true;
        }
    }
    return order;
}

class Planner {
public:
    Planner(const Document& document, const PlanOptions& options)
        : document_(document),
          options_(options),
          properties_(options.overrides.empty() ? document.properties()
                                                : withOverrides(document.properties(), options.overrides)),
          graph_(options.overrides.empty() ? document.graph() : readGraph(properties_, document.catalog())),
          entries_(effectiveEntries(properties_)),
          values_(flumeValues(properties_), &options.around),
          reporter_(document),
          filters_(document.catalog(), options) {}

    RunPlan run() {
        resolve();
        startHere();
        startFlume();
        const LintInput input{document_, properties_, entries_, graph_, values_, agents_, options_.around};
        lintText(input, reporter_);
        lintKeys(input, reporter_);
        lintVariables(input, reporter_);
        lintNetwork(input, reporter_);
        lintBrokers(input, reporter_);
        lintOurs(input, reporter_);
        lintPitfalls(input, reporter_);
        planOurs();
        plan_.diagnostics = reporter_.take();
        std::erase_if(plan_.diagnostics, [this](const Diagnostic& d) { return !concernsRun(d.node); });
        nameChoices();
        // With overrides the text is not what runs: an edit of it might mend nothing.
        if (!options_.overrides.empty()) {
            for (Diagnostic& diagnostic : plan_.diagnostics)
                diagnostic.fixIts.clear();
        }
        return std::move(plan_);
    }

private:
    bool wanted(std::string_view family, const std::string& name) const {
        return options_.only.empty() || options_.only.contains(name) || options_.only.contains(plainId(family, name));
    }

    /// What is left to somebody else, or for another time, has no say in this run.
    bool concernsRun(const NodeId& id) const {
        const auto parts = parseId(id);
        if (!parts) return true; // the file as a whole
        if (!parts->agent.empty()) return wanted("agent", parts->agent);
        if (parts->kind != NodeKind::topic) return wanted(toString(parts->kind), parts->name);
        const Node* topic = graph_.find(id);
        return topic != nullptr && wanted("cluster", topic->valueOr("cluster"));
    }

    void nameChoices() {
        for (const auto& [name, outcome] : plan_.here)
            plan_.choices.push_back(plainId("agent", name));
        for (const Node& node : graph_.nodes) {
            if ((node.kind == NodeKind::cluster && !node.implied) || node.kind == NodeKind::traffic)
                plan_.choices.push_back(node.id);
        }
        for (const std::string& wish : options_.only) {
            const bool known = std::any_of(plan_.choices.begin(), plan_.choices.end(),
                                           [&](const NodeId& id) { return id == wish || parseId(id)->name == wish; });
            if (!known) plan_.unmatched.push_back(wish);
        }
    }

    void resolve() {
        ValueMap resolved;
        for (const auto& [key, value] : values_.raw())
            resolved.emplace(key, values_.resolve(value));
        agents_ = readSettings(entries_, resolved);
        for (AgentSettings& agent : agents_)
            filters_.apply(agent, &reporter_);
    }

    /// Only these can be run at all; a stray prefix is told elsewhere.
    static bool isAgent(const AgentSettings& agent) {
        return agent.lists.contains(Section::sources) || agent.lists.contains(Section::sinks) ||
               agent.lists.contains(Section::channels);
    }

    void startHere() {
        const StartContext context{document_.catalog(), Rules::here, &reporter_, options_.implemented};
        std::map<std::string, PlannedAgent> started;
        for (const AgentSettings& agent : agents_) {
            if (!isAgent(agent)) continue;
            AgentStart start = startAgent(agent, context);
            if (start.outcome.aborted.empty()) started[agent.name] = std::move(start.agent);
            plan_.here[agent.name] = std::move(start.outcome);
        }
        for (const std::string& name : startOrder(graph_)) {
            if (const auto agent = started.find(name); agent != started.end() && wanted("agent", name)) {
                plan_.agents.push_back(std::move(agent->second));
            }
        }
    }

    void startFlume() {
        const StartContext context{document_.catalog(), Rules::flume, nullptr, {}};
        const bool variables = std::any_of(entries_.begin(), entries_.end(),
                                           [](const Entry* e) { return e->value.find("${") != std::string::npos; });
        std::vector<AgentSettings> hashed;
        if (variables) {
            std::vector<std::string> order;
            for (const Entry* entry : entries_) {
                if (!entry->ours) order.push_back(entry->key);
            }
            hashed = readSettings(entries_, resolveInHashOrder(values_.raw(), order, options_.around));
            for (AgentSettings& agent : hashed)
                filters_.apply(agent, nullptr);
        }
        std::string lost = lostByEscape();
        for (const AgentSettings& agent : variables ? hashed : agents_) {
            if (!isAgent(agent)) continue;
            AgentStart start = startAgent(agent, context);
            if (lost.empty()) lost = start.fileLost;
            plan_.flume[agent.name] = std::move(start.outcome);
        }
        for (auto& [name, outcome] : plan_.flume) {
            if (!lost.empty()) outcome = AgentOutcome{{}, {}, {}, {}, lost};
            if (!outcome.aborted.empty()) outcome = AgentOutcome{{}, {}, {}, {}, outcome.aborted};
        }
    }

    std::string lostByEscape() const {
        const bool malformed =
            std::any_of(properties_.entries.begin(), properties_.entries.end(),
                        [](const Entry& entry) { return !entry.ours && entry.malformedEscape != std::string::npos; });
        return malformed ? "Flume loses the whole file, because of a malformed \\uXXXX." : "";
    }

    void planOurs() {
        for (const Node& node : graph_.nodes) {
            if (node.kind == NodeKind::cluster && !node.implied) planCluster(node);
        }
        for (const Node& node : graph_.nodes) {
            if (node.kind == NodeKind::topic && !node.implied) planTopic(node);
            if (node.kind == NodeKind::traffic && wanted("traffic", node.name)) planTraffic(node);
        }
    }

    static std::map<std::string, std::string> configsOf(const Node& node) {
        constexpr std::string_view kPrefix = catalog::KafkaSetting::kTopicPrefix;
        std::map<std::string, std::string> configs;
        for (const Property& property : node.properties)
            if (property.key.starts_with(kPrefix) && !property.value.empty())
                configs[property.key.substr(kPrefix.size())] = property.value;
        return configs;
    }

    void planCluster(const Node& node) {
        if (!wanted("cluster", node.name)) return;
        PlannedCluster cluster;
        cluster.id = node.name;
        cluster.embedded = node.type == "embedded";
        (cluster.embedded ? cluster.listen : cluster.servers) = node.valueOr(cluster.embedded ? "listen" : "servers");
        if (cluster.embedded) cluster.configs = configsOf(node);
        if (!cluster.listen.empty() || !cluster.servers.empty()) plan_.clusters.push_back(std::move(cluster));
    }

    void planTopic(const Node& node) {
        PlannedTopic topic;
        topic.id = node.name;
        topic.cluster = node.valueOr("cluster");
        const bool known = std::any_of(plan_.clusters.begin(), plan_.clusters.end(),
                                       [&](const PlannedCluster& c) { return c.id == topic.cluster; });
        if (!known) return;
        topic.name = node.valueOr("name", node.name);
        const std::string partitions = node.valueOr("partitions", "1");
        int count = 1;
        const auto [end, error] = std::from_chars(partitions.data(), partitions.data() + partitions.size(), count);
        topic.partitions =
            error == std::errc{} && end == partitions.data() + partitions.size() && count > 0 ? count : 1;
        topic.configs = configsOf(node);
        plan_.topics.push_back(std::move(topic));
    }

    void planTraffic(const Node& node) {
        PlannedTraffic traffic{node.name, {}};
        for (const Property& property : node.properties) {
            if (!property.value.empty()) traffic.properties[property.key] = property.value;
        }
        if (const Property* id = node.property("topic")) {
            const Node* topic = graph_.find(plainId("topic", id->value));
            if (topic == nullptr) return;
            const Node* cluster = graph_.find(plainId("cluster", topic->valueOr("cluster")));
            if (cluster == nullptr) return;
            traffic.properties["topic"] = topic->valueOr("name", topic->name);
            traffic.properties["servers"] = serversOf(*cluster);
        }
        plan_.traffic.push_back(std::move(traffic));
    }

    const Document& document_;
    const PlanOptions& options_;
    PropertiesText properties_;
    Graph graph_;
    std::vector<const Entry*> entries_;
    FileValues values_;
    Reporter reporter_;
    ConfigFilters filters_;
    std::vector<AgentSettings> agents_;
    RunPlan plan_;
};

} // namespace

RunPlan plan(const Document& document, const PlanOptions& options) {
    return Planner(document, options).run();
}

} // namespace millrace::topology
