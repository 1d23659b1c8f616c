#pragma once

#include "topology/graph/graph.h"
#include "topology/graph/keys.h"
#include "topology/text/properties_text.h"
#include "topology/text/substitution.h"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace millrace::topology {

/// What the steps of reading a graph share. Steps: readNodes, then the wires that stand in the file, then those that
/// follow from addresses, topics and files.
class GraphBuilder {
public:
    GraphBuilder(const PropertiesText& properties, const catalog::Catalog& catalog);

    void readNodes();
    void readComponentWires();
    void readHops();
    void readKafka();
    void readTraffic();
    /// What was read, with its index.
    Graph take();

    /// The node, or null. Valid until the next add().
    Node* find(const NodeId& id);
    Node& add(Node node);
    void addWire(Wire wire);
    /// Value of a node's property with defaults filled in and `${…}` resolved as far as the file tells.
    std::string value(const Node& node, std::string_view key) const;
    const Graph& graph() const { return graph_; }
    const catalog::Catalog& catalog() const { return catalog_; }

private:
    struct Part {
        std::string name;
        std::vector<Property> properties;
    };
    struct SectionLines {
        std::vector<std::string> list;
        std::vector<Part> parts;
        std::unordered_map<std::string, std::size_t> index; ///< of `parts`, by name
    };
    struct AgentLines {
        std::string name;
        bool real = false; ///< has a list, a component, a host or a place
        std::array<SectionLines, 5> sections;
        std::vector<Property> properties; ///< of the agent itself

        SectionLines& of(Section section) { return sections[static_cast<std::size_t>(section)]; }
        /// Made when it is not there yet.
        Part& part(Section section, std::string_view name);
    };
    AgentLines& agent(std::string_view name);
    void collectFlume(const Entry& entry);
    void collectOurs(const Entry& entry);
    void placeNode(const Entry& entry, std::string_view what);
    void addAgent(AgentLines& lines);
    void addPart(const std::string& agent, Section section, const std::string& name, std::vector<Property> properties,
                 bool declared);
    void readSourceWires(const Node& source);

    const PropertiesText& properties_;
    const catalog::Catalog& catalog_;
    FileValues values_;
    Graph graph_;
    std::unordered_map<NodeId, std::uint32_t> byId_;
    std::vector<AgentLines> agents_;
    std::unordered_map<std::string, std::size_t> agentIndex_;
    std::size_t lastAgent_ = 0;
    std::vector<Node> ourNodes_;
    std::unordered_map<std::string, std::size_t> ourIndex_;
    std::unordered_map<NodeId, Position> places_;
};

/// The declaration of a cluster's, topic's or traffic's `#@` keys; null for other kinds.
const catalog::ComponentSpec* declarationOf(NodeKind kind);

/// The entries that count (the last of duplicates), in file order.
std::vector<const Entry*> effectiveEntries(const PropertiesText& properties);
/// Flume's values by full key, as they count, not resolved.
ValueMap flumeValues(const PropertiesText& properties);
/// "X Y [W H]"; none when it is not that.
std::optional<Position> parsePosition(std::string_view text);
std::string formatPosition(const Position& position);
/// Id of the node that `#@ at.WHAT` places; empty when WHAT has no such form.
NodeId placedId(std::string_view what);
/// One file path written in different ways: "./logs//a" and "logs/a".
std::string alikePath(std::string_view path);

} // namespace millrace::topology
