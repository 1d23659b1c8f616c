#include "topology/graph/address.h"
#include "topology/graph/graph_builder.h"
#include "topology/text/name_pattern.h"
#include "topology/graph/keys.h"

#include <algorithm>

namespace millrace::topology {
namespace {

using Servers = std::set<std::string>;

std::string joined(const Servers& servers) {
    std::string out;
    for (const std::string& server : servers) {
        if (!out.empty()) out += ',';
        out += server;
    }
    return out;
}

Property derived(std::string key, std::string value) {
    return Property{std::move(key), std::move(value), {}, {}, 1};
}

/// One component's use of Kafka, resolved.
struct Use {
    NodeId node;
    NodeId cluster;
    std::vector<std::string> topics;
    std::string regex;
    std::string group;
    bool produces = false, consumes = false;
};

/// Finds clusters and topics by what they are, and makes the implied ones.
class KafkaReader {
public:
    explicit KafkaReader(GraphBuilder& builder) : builder_(builder) {}

    void run() {
        for (const Node* cluster : builder_.graph().ofKind(NodeKind::cluster)) {
            const bool embedded = cluster->type == "embedded";
            const Servers servers = alikeServers(cluster->valueOr(embedded ? "listen" : "servers"));
            if (!servers.empty()) clusters_.emplace(servers, cluster->id);
        }
        for (const Node* topic : builder_.graph().ofKind(NodeKind::topic)) {
            topics_.emplace(
                std::pair(plainId("cluster", topic->valueOr("cluster")), topic->valueOr("name", topic->name)),
                topic->id);
        }
        std::vector<Use> uses;
        for (const Node& node : builder_.graph().nodes)
            readUse(node, uses);
        // Explicit topics first: a regex subscribes to whatever is there then.
        for (Use& use : uses) {
            use.cluster = clusterOf(use.cluster);
            if (use.regex.empty()) connectTopics(use);
        }
        for (const Use& use : uses) {
            if (!use.regex.empty()) connectRegex(use);
        }
    }

private:
    void readUse(const Node& node, std::vector<Use>& uses) {
        if (node.spec == nullptr || node.spec->kafka.serversKey.empty()) return;
        const catalog::KafkaUse& kafka = node.spec->kafka;
        Use use;
        use.node = node.id;
        use.cluster = builder_.value(node, kafka.serversKey);
        if (!fitsId(joined(alikeServers(use.cluster)))) return;
        use.produces = kafka.produces;
        use.consumes = kafka.consumes;
        if (node.kind == NodeKind::channel) {
            // Half an agent uses half of a Kafka channel.
            const auto& wires = builder_.graph().wires;
            const auto fed = [&](const Wire& w) { return w.kind == WireKind::sourceToChannel && w.to == node.id; };
            const auto drained = [&](const Wire& w) { return w.kind == WireKind::channelToSink && w.from == node.id; };
            use.consumes = std::any_of(wires.begin(), wires.end(), drained);
            use.produces = !use.consumes || std::any_of(wires.begin(), wires.end(), fed);
        }
        if (!kafka.topicsRegexKey.empty()) use.regex = builder_.value(node, kafka.topicsRegexKey);
        if (!kafka.topicKey.empty()) use.topics.push_back(builder_.value(node, kafka.topicKey));
        if (!kafka.topicsKey.empty()) use.topics = splitOn(builder_.value(node, kafka.topicsKey), ',');
        std::erase_if(use.topics, [](const std::string& topic) { return !fitsId(topic); });
        use.group = kafka.groupKey.empty() ? "" : builder_.value(node, kafka.groupKey);
        if (use.group.empty()) use.group = "flume";
        uses.push_back(std::move(use));
    }

    NodeId clusterOf(const std::string& servers) {
        const Servers alike = alikeServers(servers);
        if (const auto known = clusters_.find(alike); known != clusters_.end()) return known->second;
        Node node;
        node.name = joined(alike);
        node.id = plainId("cluster", node.name);
        node.kind = NodeKind::cluster;
        node.type = "external";
        node.spec = declarationOf(node.kind);
        node.implied = true;
        node.properties = {derived("kind", "external"), derived("servers", servers)};
        clusters_.emplace(alike, node.id);
        return builder_.add(std::move(node)).id;
    }

    NodeId topicOf(const NodeId& cluster, const std::string& name) {
        const auto key = std::pair(cluster, name);
        if (const auto known = topics_.find(key); known != topics_.end()) return known->second;
        Node node;
        node.name = name;
        node.id = plainId("topic", name);
        const std::string clusterName = cluster.substr(8);
        if (builder_.find(node.id) != nullptr) node.id = plainId("topic", name + "@" + clusterName);
        node.kind = NodeKind::topic;
        node.spec = declarationOf(node.kind);
        node.implied = true;
        node.properties = {derived("cluster", clusterName), derived("name", name)};
        topics_.emplace(key, node.id);
        return builder_.add(std::move(node)).id;
    }

    void connect(const Use& use, const NodeId& topic) {
        if (use.produces) builder_.addWire({WireKind::produce, use.node, topic, {}, false});
        if (use.consumes) builder_.addWire({WireKind::consume, topic, use.node, use.group, false});
    }

    void connectTopics(const Use& use) {
        std::set<std::string> seen;
        for (const std::string& name : use.topics) {
            if (seen.insert(name).second) connect(use, topicOf(use.cluster, name));
        }
    }

    void connectRegex(const Use& use) {
        NamePattern pattern(use.regex);
        for (const auto& [key, id] : topics_) {
            if (key.first == use.cluster && pattern.matches(key.second)) connect(use, id);
        }
    }

    GraphBuilder& builder_;
    std::map<Servers, NodeId> clusters_;
    std::map<std::pair<NodeId, std::string>, NodeId> topics_;
};

} // namespace

void GraphBuilder::readKafka() {
    KafkaReader(*this).run();
}

} // namespace millrace::topology
