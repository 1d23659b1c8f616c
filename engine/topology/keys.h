#pragma once

#include "base/result.h"
#include "topology/graph.h"

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
NodeId componentId(std::string_view agent, Section section, std::string_view name);
/// "cluster", "local" → "cluster/local".
NodeId plainId(std::string_view family, std::string_view name);
Section sectionFor(NodeKind kind); ///< precondition: source, channel, sink or sinkGroup

/// Flume's list splitting: white space.
std::vector<std::string> splitList(std::string_view value);
std::vector<std::string> splitOn(std::string_view value, char separator); ///< keeps empty parts, trims each

/// Refuses what may not name a node.
Status checkName(std::string_view name);
/// `wanted` made into a name that checkName() accepts.
std::string asName(std::string_view wanted);

} // namespace millrace::topology
