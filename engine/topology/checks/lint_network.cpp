#include "topology/checks/lint.h"

#include "topology/graph/address.h"
#include "topology/edits/adoption.h"
#include "topology/text/escapes.h"
#include "topology/document/line_writer.h"

#include <fmt/format.h>

#include <map>

namespace millrace::topology {
namespace {

struct Listening {
    const Node* node;
    std::string host; ///< alike
    std::string key;  ///< of the port, relative
    bool pair;        ///< the key holds host:port
};

const Entry* entryOf(const LintInput& input, const NodeId& node, std::string_view key) {
    const FullKey full = fullKeyOf(node, key);
    return lastEntry(input.document, full.key, full.ours);
}

std::string hostOfAgent(const Graph& graph, const Node& node) {
    const Node* agent = node.agent.empty() ? nullptr : graph.find(plainId("agent", node.agent));
    return agent != nullptr ? agent->valueOr("host") : "";
}

class Ports {
public:
    explicit Ports(const LintInput& input) : input_(input) {}

    void collect() {
        for (const Node& node : input_.graph.nodes) {
            if (node.kind == NodeKind::cluster && node.type == "embedded") {
                const auto listen = parseHostPort(value(node, "listen"));
                if (listen && listen->port > 0) {
                    byPort_[{"", "tcp", listen->port}].push_back({&node, alikeHost(listen->host), "listen", true});
                }
            }
            if (node.kind != NodeKind::source || !node.declared || node.spec == nullptr ||
                node.spec->listens.portKey.empty())
                continue;
            const auto& listens = node.spec->listens;
            const std::string transport = listens.protocol.ends_with("udp") ? "udp" : "tcp";
            const std::string host = alikeHost(listens.hostKey.empty() ? "" : value(node, listens.hostKey));
            for (const std::string& word : splitList(value(node, listens.portKey))) {
                const auto port = parsePort(word);
                if (!port || *port == 0) continue;
                byPort_[{hostOfAgent(input_.graph, node), transport, *port}].push_back(
                    {&node, host, std::string(listens.portKey), false});
            }
        }
    }

    void report(Reporter& reporter) const {
        for (const auto& [place, all] : byPort_) {
            for (std::size_t i = 1; i < all.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    const bool meet = all[i].host == all[j].host || isWildcard(all[i].host) || isWildcard(all[j].host);
                    if (!meet) continue;
                    conflict(std::get<2>(place), all[i], *all[j].node, reporter);
                    break;
                }
            }
        }
    }

private:
    std::string value(const Node& node, std::string_view key) const {
        return std::string(trimmed(input_.values.resolve(node.valueOr(key))));
    }

    void conflict(int port, const Listening& second, const Node& first, Reporter& reporter) const {
        const Entry* entry = entryOf(input_, second.node->id, second.key);
        Diagnostic& d = reporter.report(Severity::error, "port-conflict", {std::to_string(port), first.id},
                                        {second.node->id, second.key, entry, Site::Part::value});
        const int free = freePort(input_.graph, port);
        const FullKey full = fullKeyOf(second.node->id, second.key);
        const std::string old = second.node->valueOr(second.key);
        if (second.pair) {
            reporter.fixBySetting(d, full.key, old.substr(0, old.rfind(':') + 1) + std::to_string(free), full.ours);
        } else if (parsePort(old)) {
            reporter.fixBySetting(d, full.key, std::to_string(free), full.ours);
        }
    }

    const LintInput& input_;
    std::map<std::tuple<std::string, std::string, int>, std::vector<Listening>> byPort_;
};

bool legalTopic(std::string_view name) {
    if (name.empty() || name.size() > 249 || name == "." || name == "..") return false;
    for (const char c : name) {
        const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                          c == '_' || c == '-';
        if (!fine) return false;
    }
    return true;
}

void checkTopicName(const LintInput& input, const Node& node, std::string_view key, const std::string& name,
                    Reporter& reporter) {
    // With escapes or variables the name is only known at run time.
    if (name.find("%{") != std::string::npos || name.find("%[") != std::string::npos ||
        name.find("${") != std::string::npos)
        return;
    if (legalTopic(name)) return;
    reporter.report(Severity::error, "topic-name-illegal", {name},
                    {node.id, std::string(key), entryOf(input, node.id, key), {}});
}

} // namespace

void lintNetwork(const LintInput& input, Reporter& reporter) {
    Ports ports(input);
    ports.collect();
    ports.report(reporter);
    for (const Node& node : input.graph.nodes) {
        if (node.kind == NodeKind::topic && !node.implied) {
            const Property* name = node.property("name");
            const Entry* any = name != nullptr ? entryOf(input, node.id, "name")
                                               : entryOf(input, node.id, node.properties.front().key);
            if (!legalTopic(name != nullptr ? name->value : node.name)) {
                reporter.report(Severity::error, "topic-name-illegal", {name != nullptr ? name->value : node.name},
                                {node.id, "name", any, name != nullptr ? Site::Part::value : Site::Part::key});
            }
        }
        if (node.agent.empty() || node.spec == nullptr) continue;
        const catalog::KafkaUse& kafka = node.spec->kafka;
        if (!kafka.topicKey.empty() && node.property(kafka.topicKey) != nullptr) {
            checkTopicName(input, node, kafka.topicKey,
                           std::string(trimmed(input.values.resolve(node.valueOr(kafka.topicKey)))), reporter);
        }
        if (kafka.topicsKey.empty() || node.property(kafka.topicsKey) == nullptr) continue;
        for (const std::string& name : splitOn(input.values.resolve(node.valueOr(kafka.topicsKey)), ',')) {
            checkTopicName(input, node, kafka.topicsKey, name, reporter);
        }
    }
}

} // namespace millrace::topology
