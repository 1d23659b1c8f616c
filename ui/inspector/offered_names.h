#pragma once

#include "catalog/references.h"
#include "inspector/value_editor.h"
#include "topology/graph/graph.h"

namespace millrace::studio {

/// The names in the drawing that a property of a component of `agent` may refer to; empty when it refers to nothing.
QStringList namesReferredTo(const topology::Graph& graph, const catalog::RefersTo& refers, const std::string& agent);

/// The same for the form of a node.
Offer offerFor(const topology::Graph& graph, const topology::Node& node, const QString& key);

} // namespace millrace::studio
