#pragma once

#include "topology/graph/graph.h"

#include <QSet>

#include <vector>

namespace millrace::studio {

/// What a change did to the drawing.
struct GraphDelta {
    struct Renamed {
        topology::NodeId from, to;
    };
    /// Another document: nothing of what was before is there, and the lists below are empty.
    bool loaded = false;
    std::vector<Renamed> renamed;          ///< the node is the same under its new id; it may stand in `changed` too
    std::vector<topology::NodeId> added;   ///< in file order
    std::vector<topology::NodeId> removed; ///< in the file order of before
    /// Type, place, properties or whether it is declared: looks or works differently. In file order.
    std::vector<topology::NodeId> changed;
    bool wires = false; ///< a wire has come, gone, or has another label

    /// Every node and wire is still there under its id, whatever else it says.
    bool keepsAll() const {
        return !loaded && !wires && renamed.empty() && added.empty() && removed.empty();
    }
};

/// They look and work the same, wherever in the text they stand.
bool same(const topology::Node& one, const topology::Node& other);

/// `renames`: from the ids of `before` to those of `after`; pairs that do not fit the two graphs are left out.
GraphDelta difference(const topology::Graph& before, const topology::Graph& after,
                      const std::vector<GraphDelta::Renamed>& renames);

/// The ids of the nodes in `after` that are new or look or work differently than in `before`.
QSet<QString> changedNodes(const topology::Graph& before, const topology::Graph& after);

} // namespace millrace::studio
