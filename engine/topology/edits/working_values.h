#pragma once

#include "topology/graph/graph.h"
#include "topology/document/line_writer.h"

namespace millrace::topology {

/// What a new component of this type is given so that it runs at once where that can be known: required values, a port
/// that nobody has, own directories, the servers of the file's cluster. `set` are the caller's, which win.
std::vector<KeyValue> workingValues(const Graph& graph, const catalog::ComponentSpec& spec, std::string_view agent,
                                    std::string_view name, const std::map<std::string, std::string>& set);

/// The `type` value as a person writes it: the alias where there is one.
std::string typeValue(const catalog::ComponentSpec& spec);

} // namespace millrace::topology
