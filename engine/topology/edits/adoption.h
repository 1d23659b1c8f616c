#pragma once

#include "base/result.h"
#include "topology/edits/draft.h"

namespace millrace::topology {

/// Makes an implied cluster or topic part of the file, so that `#@` keys can be set on it; answers the id it has then
/// (the draft carries the rename). A declared node stays as it is. Error when there is no such node.
Result<NodeId> declare(Draft& draft, const NodeId& node);

/// A name like `wanted` that no node of this family (or section of an agent) has.
std::string freeName(const Graph& graph, const std::string& idPrefix, std::string_view wanted);
/// `wanted` or the next port above it on which nothing in the document listens or is to be reached.
int freePort(const Graph& graph, int wanted);
/// Bootstrap servers as a client writes them for this cluster; empty when it has none.
std::string serversOf(const Node& cluster);

} // namespace millrace::topology
