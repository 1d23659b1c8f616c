#pragma once

#include "base/result.h"
#include "topology/graph/graph.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// The five second words that Flume knows in a key; their order is the one in which a person writes them.
enum class Section { configfilters, sources, channels, sinks, sinkgroups };
inline constexpr Section kSections[] = {Section::configfilters, Section::sources, Section::channels, Section::sinks,
                                        Section::sinkgroups};
std::string_view toString(Section section);
NodeKind kindOf(Section section);
/// Of "agent", "cluster", "topic", "traffic" and "note"; none for other words.
std::optional<NodeKind> kindOf(std::string_view family);
std::optional<Section> sectionOf(std::string_view word);

/// A full key of Flume taken apart: `web.sources.access.kafka.topic`. Views into the key.
struct FlumeKey {
    std::string_view agent;         ///< before the first dot; empty when there is no dot
    std::optional<Section> section; ///< none for a key that Flume ignores
    std::string_view name;          ///< component; empty for the list itself
    std::string_view rest;          ///< key within the component
    bool isList() const { return section && name.empty(); }
    bool isComponent() const { return section && !name.empty(); }
};
FlumeKey parseFlumeKey(std::string_view key);

/// A `#@` key taken apart: family `topic`, id `weblog`, rest `config.retention.bytes`; for `at` the id is all of WHAT.
struct OurKey {
    std::string_view family;
    std::string_view id;
    std::string_view rest;
};
OurKey parseOurKey(std::string_view key);
/// May the id of a `#@` key name something? An agent's name is Flume's: it only has to fit into an id.
Status checkOurId(const OurKey& key);
/// Rank of a family in the order of writing; unknown ones come before `at`.
int familyRank(std::string_view family);

/// Where the properties of a node stand: prefix of the full key with the last dot, in which of the two worlds.
struct KeyPrefix {
    std::string prefix;
    bool ours = false;
};
KeyPrefix prefixOf(const NodeId& id);
/// Full key of a node's property; an agent's `host` is a `#@` key, its lists are Flume's.
struct FullKey {
    std::string key;
    bool ours = false;
};
FullKey fullKeyOf(const NodeId& id, std::string_view key);
/// WHAT of `#@ at.WHAT`; empty for nodes that have no position (sink groups).
std::string placeKeyOf(const NodeId& id);

struct IdParts {
    std::string agent; ///< empty for agent, cluster, topic, traffic, note
    NodeKind kind{};
    std::string name;
};
/// None when `id` does not have the form of an id.
std::optional<IdParts> parseId(const NodeId& id);
/// The name in an id, and the agent of a component's; empty when there is none.
std::string nameOf(const NodeId& id);
std::string agentOf(const NodeId& id);
/// May `name` stand in an id? Slashes part an id, so a name with one fits into none, although Flume takes it.
bool fitsId(std::string_view name);
/// Empty when a name does not fit into an id. A component's name may be empty: that is the beginning of its ids.
NodeId componentId(std::string_view agent, Section section, std::string_view name);
/// "cluster", "local" → "cluster/local"; empty when the name does not fit.
NodeId plainId(std::string_view family, std::string_view name);
Section sectionFor(NodeKind kind); ///< precondition: source, channel, sink or sinkGroup

/// White space to Flume's lists.
constexpr bool isListBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
/// Flume's list splitting: white space.
std::vector<std::string> splitList(std::string_view value);
std::vector<std::string> splitOn(std::string_view value, char separator); ///< keeps empty parts, trims each

/// Refuses what may not name a node.
Status checkName(std::string_view name);
/// `wanted` made into a name that checkName() accepts.
std::string asName(std::string_view wanted);

} // namespace millrace::topology
