#pragma once

#include "canvas/scene/edit_chain.h"
#include "topology/graph/graph.h"

namespace millrace::canvas {

/// Events flow along such a wire out of a node of this kind.
bool startsAt(topology::WireKind wire, topology::NodeKind node);
/// Whether events would flow from a new thing into a node that stands there: it belongs before it then.
bool comesBefore(topology::NodeKind added, topology::NodeKind node);

/// Wires two nodes when they fit. False: they do not, or the chain is broken.
bool join(EditChain& chain, const topology::NodeId& from, const topology::NodeId& to);
/// Joins a node to the flow at a wire as far as Flume allows; the wire itself goes when the flow leads through the node
/// now.
void joinWire(EditChain& chain, const topology::NodeId& id, const topology::Wire& wire);

} // namespace millrace::canvas
