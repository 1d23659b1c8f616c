#include "canvas/scene/drawing_parts.h"

#include "words/node_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace millrace::canvas {

namespace {

using topology::Node;
using topology::NodeKind;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Drawing)
};

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString trafficWords(const std::string& kind) {
    if (kind == "weblog") return Texts::tr("web log");
    if (kind == "orders") return Texts::tr("orders");
    return text(kind);
}

QString typeLineOf(const Node& node) {
    switch (node.kind) {
    case NodeKind::topic: {
        if (node.implied) return Texts::tr("topic");
        const int partitions = std::max(1, text(node.valueOr("partitions", "1")).toInt());
        return Texts::tr("topic · %n partition(s)", nullptr, partitions);
    }
    case NodeKind::cluster:
        if (node.type == "embedded") return Texts::tr("cluster · embedded");
        return Texts::tr("cluster · external");
    case NodeKind::traffic:
        return trafficWords(node.type);
    case NodeKind::source:
    case NodeKind::channel:
    case NodeKind::sink:
    case NodeKind::agent:
    case NodeKind::sinkGroup:
    case NodeKind::note:
        break;
    }
    return node.spec && !node.spec->title.empty() ? text(node.spec->title) : text(node.type);
}

/// A sink that is not the one its fail-over group would ask first.
bool waitsItsTurn(const topology::NodeId& sink, const topology::Graph& graph) {
    for (const topology::SinkGroup& group : graph.groups) {
        if (text(group.processor).compare(QLatin1String("failover"), Qt::CaseInsensitive) != 0) continue;
        if (std::ranges::find(group.sinks, sink) == group.sinks.end()) continue;
        const Node* node = graph.find(group.id);
        const auto priority = [&](const topology::NodeId& id) {
            const std::string name = id.substr(id.rfind('/') + 1);
            return node ? text(node->valueOr("processor.priority." + name, "0")).toInt() : 0;
        };
        return std::ranges::any_of(group.sinks, [&](const auto& other) { return priority(other) > priority(sink); });
    }
    return false;
}

bool copiesToAll(const topology::NodeId& sourceId, const topology::Graph& graph) {
    const Node* source = graph.find(sourceId);
    const QString selector = source ? text(source->valueOr("selector.type", "replicating")) : QString();
    if (selector.compare(QLatin1String("multiplexing"), Qt::CaseInsensitive) == 0) return false;
    const auto feeds = [&](std::uint32_t at) {
        const topology::Wire& wire = graph.wires[at];
        return wire.kind == topology::WireKind::sourceToChannel && wire.from == sourceId;
    };
    return std::ranges::count_if(graph.wiresAt(sourceId), feeds) > 1;
}

WireStyle styleOf(const topology::Wire& wire, const topology::Graph& graph) {
    using topology::WireKind;
    switch (wire.kind) {
    case WireKind::consume:
        return WireStyle::dashed;
    case WireKind::traffic:
        return WireStyle::made;
    case WireKind::sourceToChannel:
        return copiesToAll(wire.from, graph) ? WireStyle::twin : WireStyle::solid;
    case WireKind::channelToSink:
        return waitsItsTurn(wire.to, graph) ? WireStyle::dotted : WireStyle::solid;
    case WireKind::hop:
        return waitsItsTurn(wire.from, graph) ? WireStyle::dotted : WireStyle::solid;
    case WireKind::produce:
        return WireStyle::solid;
    }
    return WireStyle::solid;
}

bool clusterIsDrawn(const Node& cluster, const topology::Graph& graph) {
    if (cluster.position) return true;
    if (cluster.implied) return false;
    return std::ranges::none_of(graph.nodes, [&](const Node& node) {
        return node.kind == NodeKind::topic && node.valueOr("cluster") == cluster.name;
    });
}

} // namespace

bool isPlaced(NodeKind kind) {
    return kind != NodeKind::agent && kind != NodeKind::sinkGroup;
}

bool isDrawn(const Node& node, const topology::Graph& graph) {
    return isPlaced(node.kind) && (node.kind != NodeKind::cluster || clusterIsDrawn(node, graph));
}

DrawnNode drawnNode(const Node& node, const ComputedPlaces& computed) {
    DrawnNode drawn;
    drawn.id = text(node.id);
    drawn.kind = node.kind;
    drawn.shape = shapeOf(node.kind);
    drawn.name = text(node.kind == NodeKind::note    ? node.valueOr("text")
                      : node.kind == NodeKind::topic ? node.valueOr("name", node.name)
                                                     : node.name);
    drawn.typeLine = typeLineOf(node);
    if (!node.agent.empty()) drawn.frame = text("agent/" + node.agent);
    drawn.declared = node.declared;
    drawn.implied = node.implied;
    const QPointF at = node.position ? QPointF(node.position->x, node.position->y) : computed.value(drawn.id);
    QSizeF size = sizeOf(drawn.shape, drawn.name);
    if (node.kind == NodeKind::note && node.position && node.position->width)
        size = {std::max(80.0, *node.position->width), std::max(32.0, node.position->height.value_or(size.height()))};
    drawn.rect = QRectF(at, size);
    return drawn;
}

DrawnFrame drawnFrame(const Node& agent, std::span<const DrawnNode* const> parts, const ComputedPlaces& computed) {
    DrawnFrame frame;
    frame.id = text(agent.id);
    frame.name = text(agent.name);
    const std::string host = agent.valueOr("host");
    frame.where = host.empty() ? Texts::tr("agent · this computer") : Texts::tr("agent · %1").arg(text(host));
    QRectF around;
    for (const DrawnNode* part : parts) {
        around |= part->rect;
        frame.parts.append(part->id);
    }
    frame.given = agent.position;
    if (around.isNull())
        around = firstPartAt(agent.position ? QPointF(agent.position->x, agent.position->y) : computed.value(frame.id));
    frame.rect = frameAround(around, agent.position);
    return frame;
}

DrawnGroup drawnGroup(const topology::SinkGroup& group, std::span<const DrawnNode* const> sinks) {
    DrawnGroup drawn;
    drawn.id = text(group.id);
    drawn.name = studio::nameInId(drawn.id);
    drawn.processor = group.processor.empty() ? QStringLiteral("default") : text(group.processor);
    QRectF around;
    for (const DrawnNode* sink : sinks) {
        around |= sink->rect;
        drawn.sinks.append(sink->id);
    }
    drawn.rect = groupAround(around);
    return drawn;
}

DrawnWire drawnWire(const topology::Wire& wire, const topology::Graph& graph) {
    using topology::WireKind;
    const bool between = wire.kind == WireKind::hop || wire.kind == WireKind::produce;
    return {wire, text(wire.from), text(wire.to), styleOf(wire, graph), between};
}

} // namespace millrace::canvas
