#include "canvas/scene/drawing.h"

#include "canvas/paint/wire_route.h"
#include "topology/layout/layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <unordered_map>

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

bool isNode(NodeKind kind) {
    return kind != NodeKind::agent && kind != NodeKind::sinkGroup;
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
    case NodeKind::traffic: return trafficWords(node.type);
    case NodeKind::source:
    case NodeKind::channel:
    case NodeKind::sink:
    case NodeKind::agent:
    case NodeKind::sinkGroup:
    case NodeKind::note: break;
    }
    return node.spec && !node.spec->title.empty() ? text(node.spec->title) : text(node.type);
}

/// A cluster is drawn where the file gives it a place, or where nothing else stands for it: its topics do.
bool clusterIsDrawn(const Node& cluster, const topology::Graph& graph) {
    if (cluster.position) return true;
    if (cluster.implied) return false;
    return std::ranges::none_of(graph.nodes, [&](const Node& node) {
        return node.kind == NodeKind::topic && node.valueOr("cluster") == cluster.name;
    });
}

class Builder {
public:
    Builder(const topology::Document& document, ComputedPlaces& computed)
        : graph_(document.graph()), computed_(computed) {}

    Drawing build() {
        place();
        for (const Node& node : graph_.nodes) addNode(node);
        for (const Node& node : graph_.nodes)
            if (node.kind == NodeKind::agent) addFrame(node);
        for (const topology::SinkGroup& group : graph_.groups) addGroup(group);
        for (const topology::Wire& wire : graph_.wires)
            if (wire.kind == topology::WireKind::sourceToChannel) ++fanOut_[wire.from];
        for (const topology::Wire& wire : graph_.wires) addWire(wire);
        return std::move(drawing_);
    }

private:
    /// A node that stands where the layout had put it makes way when another is moved onto it.
    void forgetCovered() {
        for (const Node& node : graph_.nodes) {
            const auto own = computed_.constFind(text(node.id));
            if (node.position || own == computed_.constEnd() || !isNode(node.kind)) continue;
            const QRectF rect(*own, sizeOf(shapeOf(node.kind)));
            const bool covered = std::ranges::any_of(graph_.nodes, [&](const Node& other) {
                return other.position && isNode(other.kind) &&
                       rect.intersects(QRectF(QPointF(other.position->x, other.position->y), sizeOf(shapeOf(other.kind))));
            });
            if (covered) computed_.remove(text(node.id));
        }
    }

    void place() {
        forgetCovered();
        const bool complete = std::ranges::all_of(graph_.nodes, [this](const Node& node) {
            return node.position || computed_.contains(text(node.id)) || !isNode(node.kind);
        });
        if (complete) return;
        topology::Graph known = graph_;
        for (Node& node : known.nodes) {
            const auto before = computed_.constFind(text(node.id));
            if (!node.position && before != computed_.constEnd()) node.position = {before->x(), before->y(), {}, {}};
        }
        for (const auto& [id, position] : topology::layout(known)) {
            const Node* node = graph_.find(id);
            if (node && !node->position) computed_.insert(text(id), {position.x, position.y});
        }
    }

    void addNode(const Node& node) {
        if (!isNode(node.kind) || (node.kind == NodeKind::cluster && !clusterIsDrawn(node, graph_))) return;
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
        const QPointF at = node.position ? QPointF(node.position->x, node.position->y) : computed_.value(drawn.id);
        QSizeF size = sizeOf(drawn.shape, drawn.name);
        if (node.kind == NodeKind::note && node.position && node.position->width)
            size = {std::max(80.0, *node.position->width), std::max(32.0, node.position->height.value_or(size.height()))};
        drawn.rect = QRectF(at, size);
        byId_.emplace(node.id, drawing_.nodes.size());
        if (!node.agent.empty()) partsOf_[node.agent].push_back(drawing_.nodes.size());
        drawing_.nodes.push_back(std::move(drawn));
    }

    const DrawnNode* find(const topology::NodeId& id) const {
        const auto found = byId_.find(id);
        return found == byId_.end() ? nullptr : &drawing_.nodes[found->second];
    }

    void addFrame(const Node& agent) {
        DrawnFrame frame;
        frame.id = text(agent.id);
        frame.name = text(agent.name);
        const std::string host = agent.valueOr("host");
        frame.where = host.empty() ? Texts::tr("agent · this computer") : Texts::tr("agent · %1").arg(text(host));
        QRectF parts;
        for (const std::size_t part : partsOf_[agent.name]) {
            parts |= drawing_.nodes[part].rect;
            frame.parts.append(drawing_.nodes[part].id);
        }
        frame.given = agent.position;
        if (parts.isNull()) {
            const QPointF at = agent.position ? QPointF(agent.position->x, agent.position->y)
                                              : computed_.value(frame.id);
            parts = firstPartAt(at);
        }
        frame.rect = frameAround(parts, agent.position);
        drawing_.frames.push_back(std::move(frame));
    }

    void addGroup(const topology::SinkGroup& group) {
        DrawnGroup drawn;
        drawn.id = text(group.id);
        drawn.name = drawn.id.section(QLatin1Char('/'), -1);
        drawn.processor = group.processor.empty() ? QStringLiteral("default") : text(group.processor);
        QRectF around;
        for (const topology::NodeId& sink : group.sinks)
            if (const DrawnNode* node = find(sink)) {
                around |= node->rect;
                drawn.sinks.append(node->id);
            }
        if (drawn.sinks.isEmpty()) return;
        drawn.rect = groupAround(around);
        drawing_.groups.push_back(std::move(drawn));
    }

    /// A sink that is not the one its fail-over group would ask first.
    bool waitsItsTurn(const topology::NodeId& sink) const {
        for (const topology::SinkGroup& group : graph_.groups) {
            if (text(group.processor).compare(QLatin1String("failover"), Qt::CaseInsensitive) != 0) continue;
            if (std::ranges::find(group.sinks, sink) == group.sinks.end()) continue;
            const Node* node = graph_.find(group.id);
            const auto priority = [&](const topology::NodeId& id) {
                const std::string name = id.substr(id.rfind('/') + 1);
                return node ? text(node->valueOr("processor.priority." + name, "0")).toInt() : 0;
            };
            return std::ranges::any_of(group.sinks, [&](const auto& other) { return priority(other) > priority(sink); });
        }
        return false;
    }

    bool copiesToAll(const topology::Wire& wire) const {
        const Node* source = graph_.find(wire.from);
        const QString selector = source ? text(source->valueOr("selector.type", "replicating")) : QString();
        if (selector.compare(QLatin1String("multiplexing"), Qt::CaseInsensitive) == 0) return false;
        return fanOut_.at(wire.from) > 1;
    }

    WireStyle styleOf(const topology::Wire& wire) const {
        using topology::WireKind;
        switch (wire.kind) {
        case WireKind::consume: return WireStyle::dashed;
        case WireKind::traffic: return WireStyle::made;
        case WireKind::sourceToChannel: return copiesToAll(wire) ? WireStyle::twin : WireStyle::solid;
        case WireKind::channelToSink: return waitsItsTurn(wire.to) ? WireStyle::dotted : WireStyle::solid;
        case WireKind::hop: return waitsItsTurn(wire.from) ? WireStyle::dotted : WireStyle::solid;
        case WireKind::produce: return WireStyle::solid;
        }
        return WireStyle::solid;
    }

    void addWire(const topology::Wire& wire) {
        if (!find(wire.from) || !find(wire.to)) return;
        using topology::WireKind;
        const bool between = wire.kind == WireKind::hop || wire.kind == WireKind::produce;
        drawing_.wires.push_back({wire, text(wire.from), text(wire.to), styleOf(wire), between});
    }

    const topology::Graph& graph_;
    ComputedPlaces& computed_;
    Drawing drawing_;
    std::unordered_map<topology::NodeId, std::size_t> byId_;
    std::unordered_map<std::string, std::vector<std::size_t>> partsOf_; ///< of agents, in file order
    std::map<topology::NodeId, int> fanOut_; ///< channels of a source
};

} // namespace

const DrawnNode* Drawing::node(const QString& id) const {
    const auto found = std::ranges::find(nodes, id, &DrawnNode::id);
    return found == nodes.end() ? nullptr : &*found;
}

QRectF Drawing::bounds() const {
    QRectF all;
    for (const DrawnNode& node : nodes)
        all |= node.rect;
    for (const DrawnFrame& frame : frames)
        all |= frame.rect;
    return all;
}

Drawing drawingOf(const topology::Document& document, ComputedPlaces& computed) {
    return Builder(document, computed).build();
}

QRectF frameAround(const QRectF& parts, const std::optional<topology::Position>& given) {
    QRectF frame = parts.adjusted(-kFrameSide, -kFrameTop, kFrameSide, kFrameBottom);
    if (given && given->width && given->height) frame |= QRectF(given->x, given->y, *given->width, *given->height);
    return frame;
}

QRectF firstPartAt(const QPointF& corner) {
    return {corner + QPointF(kFrameSide, kFrameTop),
            QSizeF(topology::metrics::kNodeWidth, topology::metrics::kNodeHeight)};
}

QRectF groupAround(const QRectF& sinks) {
    return sinks.adjusted(-kGroupSide, -kGroupTop, kGroupSide, kGroupBottom);
}

QRectF Drawing::frameRect(const QString& id) const {
    const auto found = std::ranges::find(frames, id, &DrawnFrame::id);
    return found == frames.end() || id.isEmpty() ? QRectF() : found->rect;
}

QPainterPath wirePath(const WireEnd& from, const WireEnd& to) {
    const QPointF start = outPort(from.shape, from.rect).value_or(from.rect.center());
    const QPointF end = inPort(to.shape, to.rect).value_or(to.rect.center());
    // Within one frame, and where there is none, the nodes themselves are what is in the way.
    const bool together = from.frame == to.frame;
    const QRectF toBox = together || to.frame.isNull() ? to.rect : to.frame;
    // A topic gives to readers on either side; the lower half of its left side is free of the wires that come in.
    if (from.shape == Shape::topic && toBox.right() + kFrameSide < from.rect.left())
        return routeLeftwards(QPointF(from.rect.left(), from.rect.center().y() + 15), end, toBox);
    return routeWire(start, together || from.frame.isNull() ? from.rect : from.frame, end, toBox);
}

} // namespace millrace::canvas
