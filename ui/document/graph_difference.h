#pragma once

#include "topology/graph/graph.h"

#include <QSet>
#include <QString>

namespace millrace::studio {

/// The ids of the nodes in `after` that are new or look or work differently than in `before`.
QSet<QString> changedNodes(const topology::Graph& before, const topology::Graph& after);

} // namespace millrace::studio
