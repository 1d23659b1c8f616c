#include "canvas/commands/flow_rules.h"

namespace millrace::canvas {

bool startsAt(topology::WireKind wire, topology::NodeKind node) {
    using topology::NodeKind;
    using topology::WireKind;
    switch (wire) {
    case WireKind::sourceToChannel:
        return node == NodeKind::source;
    case WireKind::channelToSink:
        return node == NodeKind::channel;
    case WireKind::hop:
        return node == NodeKind::sink;
    case WireKind::produce:
        return node != NodeKind::topic;
    case WireKind::consume:
        return node == NodeKind::topic;
    case WireKind::traffic:
        return node == NodeKind::traffic;
    }
    return false;
}

bool comesBefore(topology::NodeKind added, topology::NodeKind node) {
    using topology::NodeKind;
    switch (added) {
    case NodeKind::traffic:
        return true;
    case NodeKind::source:
        return node == NodeKind::channel;
    case NodeKind::channel:
        return node == NodeKind::sink;
    case NodeKind::topic:
        return node == NodeKind::source;
    case NodeKind::sink:
    case NodeKind::agent:
    case NodeKind::cluster:
    case NodeKind::sinkGroup:
    case NodeKind::note:
        return false;
    }
    return false;
}

bool join(EditChain& chain, const topology::NodeId& from, const topology::NodeId& to) {
    const bool fits = topology::canConnect(chain.document(), from, to).has_value();
    return fits && chain.then(topology::connect(chain.document(), from, to));
}

void joinWire(EditChain& chain, const topology::NodeId& id, const topology::Wire& wire) {
    const bool before = join(chain, wire.from, id), after = join(chain, id, wire.to);
    if (before && after) chain.then(topology::disconnect(chain.document(), wire));
}

} // namespace millrace::canvas
