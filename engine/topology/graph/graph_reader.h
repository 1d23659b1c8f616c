#pragma once

#include "topology/graph/graph.h"
#include "topology/text/properties_text.h"

namespace millrace::topology {

/// Nodes, wires and groups out of the entries of a file.
Graph readGraph(const PropertiesText& properties, const catalog::Catalog& catalog);

} // namespace millrace::topology
