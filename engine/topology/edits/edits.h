#pragma once

#include "topology/document/document.h"

#include <string>
#include <vector>

/// Every change that canvas, forms and scripts can make, as a pure function: document in, smallest Edit out. None
/// changes anything. Errors say why the gesture is refused, in a sentence that the user reads ("A sink takes from
/// exactly one channel").
namespace millrace::topology {

/// Sets one property under its full key: replaces the value's span, or inserts a line at the place where a person would
/// put it (behind its siblings), or for a new component behind its agent. Escapes as needed; the file's own spacing
/// around `=` is imitated. `ours`: a `#@` line.
Result<Edit> setProperty(const Document& document, std::string_view fullKey, std::string_view value, bool ours = false);
/// Removes the whole line(s) of the key, continuation lines too, duplicates too.
Result<Edit> unsetProperty(const Document& document, std::string_view fullKey, bool ours = false);
/// The same with a node and its relative key: the right one of the two worlds is chosen.
Result<Edit> setNodeProperty(const Document& document, const NodeId& node, std::string_view key,
                             std::string_view value);
Result<Edit> unsetNodeProperty(const Document& document, const NodeId& node, std::string_view key);

struct NewNode {
    NodeKind kind{};
    std::string type;  ///< catalog alias or class; traffic kind; cluster kind
    std::string agent; ///< empty for a component: a new agent is made around it
    std::string name;  ///< empty: a free one is chosen from the type
    std::optional<Position> position;
    std::map<std::string, std::string> properties; ///< beyond type; required ones get working values where possible
};
struct NewNodeResult {
    Edit edit;
    NodeId id;
};
/// Adds a node with what it needs to be valid as far as that can be known (free port, a topic's cluster, …).
Result<NewNodeResult> addNode(const Document& document, const NewNode& node);

/// Removes nodes with all their lines, list entries, group memberships and positions. `heal`: where a removed channel
/// or a removed pair leaves one clear neighbour on each side, they are connected. Removing an agent removes its parts.
Result<Edit> removeNodes(const Document& document, const std::vector<NodeId>& nodes, bool heal);

/// May a wire be drawn from any part of `from` to any part of `to`? The direction is corrected where only one makes
/// sense. The error is the reason shown at the pointer.
Result<WireKind> canConnect(const Document& document, const NodeId& from, const NodeId& to);
/// Makes it: source→channel, channel→sink, source→sink of one agent (a memory channel between, with matching
/// capacities), Avro sink→Avro source (host and port), sink→topic (servers and topic; an Avro sink and source are made
/// for sink-less agents only by addNode), topic→source, traffic→source, traffic→topic.
Result<Edit> connect(const Document& document, const NodeId& from, const NodeId& to);
Result<Edit> disconnect(const Document& document, const Wire& wire);

/// New name for a component, agent, topic, cluster, traffic, note; every mention follows. Error when taken or not a
/// name.
Result<Edit> rename(const Document& document, const NodeId& node, std::string_view newName);

struct Move {
    NodeId node;
    Position position;
};
/// Writes or replaces `#@ at.` lines; only those that differ.
Result<Edit> moveNodes(const Document& document, const std::vector<Move>& moves);

/// The chosen nodes as properties text, as it would stand in a file of its own (clipboard). UTF-8 in any case: Flume's
/// lines are in ASCII, with `\uXXXX` for what the file has as ISO-8859-1.
std::string copyText(const Document& document, const std::vector<NodeId>& nodes);
struct PasteResult {
    Edit edit;
    std::vector<NodeId> pasted;
};
/// Inserts such text: names that are taken get a number, as do files and ports that a component must have for itself;
/// positions are shifted by (dx, dy); components go into `intoAgent` when it is not empty.
Result<PasteResult> paste(const Document& document, std::string_view text, double dx, double dy,
                          std::string_view intoAgent = {});
/// Parts of other agents become parts of this one: with their properties, places and the wires between them; wires to
/// what stays behind go. The edit carries the new ids.
Result<Edit> moveToAgent(const Document& document, const std::vector<NodeId>& nodes, std::string_view agent);

/// Makes a sink group of two or more sinks of one agent, or changes / dissolves one.
Result<NewNodeResult> groupSinks(const Document& document, const std::vector<NodeId>& sinks,
                                 std::string_view processor);
Result<Edit> setGroupMembers(const Document& document, const NodeId& group, const std::vector<NodeId>& sinks);

/// Changes the type of a component: keys that the new type does not declare stay only when `keepUnknown`.
Result<Edit> retype(const Document& document, const NodeId& node, std::string_view type, bool keepUnknown = false);

/// Replaces every mention of one host:port (broker, servers, endpoints that mean the same) by another, as one edit.
Result<Edit> replaceAddress(const Document& document, std::string_view oldHostPort, std::string_view newHostPort);

/// One edit that does `first` and then `second`, where `second` was made for the document after `first`.
Result<Edit> compose(const Document& document, const Edit& first, const Edit& second);

} // namespace millrace::topology
