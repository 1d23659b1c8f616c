#include "topology/checks/lint.h"

#include "topology/document/line_writer.h"
#include "topology/edits/adoption.h"
#include "topology/graph/address.h"
#include "topology/text/escapes.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::topology {
namespace {

/// Clusters at one address of this computer that nothing here runs: at F5 no broker answers, unless one was started
/// by hand.
class AbsentBrokers {
public:
    AbsentBrokers(const LintInput& input, Reporter& reporter) : input_(input), reporter_(reporter) {}

    void tell(const Node& cluster) {
        const std::string servers = std::string(trimmed(input_.values.resolve(cluster.valueOr("servers"))));
        const auto address = parseHostPort(servers);
        if (!address || servers.find(',') != std::string::npos || alikeHost(address->host) != "localhost") return;
        const std::string listen = fmt::format("127.0.0.1:{}", address->port);
        if (cluster.implied) {
            named(cluster, servers, listen);
        } else {
            declared(cluster, servers, listen);
        }
    }

private:
    Diagnostic& report(const std::string& servers, const Site& site) {
        return reporter_.report(Severity::information, "broker-not-run-here", {servers}, site);
    }

    void declared(const Node& cluster, const std::string& servers, const std::string& listen) {
        const FullKey key = fullKeyOf(cluster.id, "servers");
        const Entry* address = lastEntry(input_.document, key.key, true);
        const Entry* kind = lastEntry(input_.document, fullKeyOf(cluster.id, "kind").key, true);
        if (address == nullptr || kind == nullptr) return;
        Diagnostic& d = report(servers, {cluster.id, "servers", address, Site::Part::value});
        const std::string wanted = fullKeyOf(cluster.id, "listen").key;
        if (input_.document.readOnly() || input_.document.find(wanted, true)) return;
        std::vector<Replacement> edit{replaceValue(input_.document, *kind, "embedded"),
                                      {address->keyRange, encodeKey(wanted)},
                                      replaceValue(input_.document, *address, listen)};
        std::ranges::sort(edit, {}, [](const Replacement& r) { return r.range.begin; });
        reporter_.fix(d, "run-broker-here", {}, std::move(edit));
    }

    /// Only clients name it: the cluster gets lines of its own, and keeps its place in the drawing.
    void named(const Node& cluster, const std::string& servers, const std::string& listen) {
        const Node* client = clientOf(cluster);
        if (client == nullptr) return;
        const std::string key(client->spec->kafka.serversKey);
        const Entry* address = lastEntry(input_.document, fullKeyOf(client->id, key).key, false);
        if (address == nullptr) return;
        Diagnostic& d = report(servers, {client->id, key, address, Site::Part::value});
        if (input_.document.readOnly()) return;
        const NodeId id = plainId("cluster", freeName(input_.graph, "cluster/", "local"));
        const std::string kind = fullKeyOf(id, "kind").key;
        std::vector<Replacement> edit{insertLines(input_.document, placeFor(input_.document, kind, true),
                                                  {{kind, "embedded"}, {fullKeyOf(id, "listen").key, listen}}, true)};
        if (const Entry* place = lastEntry(input_.document, "at." + placeKeyOf(cluster.id), true))
            edit.push_back({place->keyRange, encodeKey("at." + placeKeyOf(id))});
        std::ranges::sort(edit, {}, [](const Replacement& r) { return r.range.begin; });
        reporter_.fix(d, "run-broker-here", {}, std::move(edit));
    }

    const Node* clientOf(const Node& cluster) const {
        const auto servers = alikeServers(cluster.valueOr("servers"));
        const auto found = std::ranges::find_if(input_.graph.nodes, [&](const Node& node) {
            return !node.agent.empty() && node.spec != nullptr && !node.spec->kafka.serversKey.empty() &&
                   alikeServers(input_.values.resolve(node.valueOr(node.spec->kafka.serversKey))) == servers;
        });
        return found != input_.graph.nodes.end() ? &*found : nullptr;
    }

    const LintInput& input_;
    Reporter& reporter_;
};

} // namespace

void lintBrokers(const LintInput& input, Reporter& reporter) {
    AbsentBrokers absent(input, reporter);
    for (const Node* cluster : input.graph.ofKind(NodeKind::cluster))
        if (cluster->type == "external") absent.tell(*cluster);
}

} // namespace millrace::topology
