#include "canvas/scene/drawing.h"

#include "canvas/paint/wire_route.h"
#include "canvas/scene/drawing_parts.h"
#include "topology/layout/layout.h"

#include <algorithm>
#include <unordered_map>

namespace millrace::canvas {

namespace {

using topology::Node;
using topology::NodeKind;

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
            if (byId_.contains(wire.from) && byId_.contains(wire.to)) drawing_.wires.push_back(drawnWire(wire, graph_));
        return std::move(drawing_);
    }

private:
    /// A node that stands where the layout had put it makes way when another is moved onto it.
    void forgetCovered() {
        for (const Node& node : graph_.nodes) {
            const auto own = computed_.constFind(QString::fromStdString(node.id));
            if (node.position || own == computed_.constEnd() || !isPlaced(node.kind)) continue;
            const QRectF rect(*own, sizeOf(shapeOf(node.kind)));
            const bool covered = std::ranges::any_of(graph_.nodes, [&](const Node& other) {
                return other.position && isPlaced(other.kind) &&
                       rect.intersects(
                           QRectF(QPointF(other.position->x, other.position->y), sizeOf(shapeOf(other.kind))));
            });
            if (covered) computed_.remove(QString::fromStdString(node.id));
        }
    }

    void place() {
        forgetCovered();
        const bool complete = std::ranges::all_of(graph_.nodes, [this](const Node& node) {
            return node.position || computed_.contains(QString::fromStdString(node.id)) || !isPlaced(node.kind);
        });
        if (complete) return;
        topology::Graph known = graph_;
        for (Node& node : known.nodes) {
            const auto before = computed_.constFind(QString::fromStdString(node.id));
            if (!node.position && before != computed_.constEnd()) node.position = {before->x(), before->y(), {}, {}};
        }
        for (const auto& [id, position] : topology::layout(known)) {
            const Node* node = graph_.find(id);
            if (node && !node->position) computed_.insert(QString::fromStdString(id), {position.x, position.y});
        }
    }

    void addNode(const Node& node) {
        if (!isDrawn(node, graph_)) return;
        byId_.emplace(node.id, drawing_.nodes.size());
        if (!node.agent.empty()) partsOf_[node.agent].push_back(drawing_.nodes.size());
        drawing_.nodes.push_back(drawnNode(node, computed_));
    }

    void addFrame(const Node& agent) {
        std::vector<const DrawnNode*> parts;
        for (const std::size_t part : partsOf_[agent.name])
            parts.push_back(&drawing_.nodes[part]);
        drawing_.frames.push_back(drawnFrame(agent, parts, computed_));
    }

    void addGroup(const topology::SinkGroup& group) {
        std::vector<const DrawnNode*> sinks;
        for (const topology::NodeId& sink : group.sinks)
            if (const auto found = byId_.find(sink); found != byId_.end())
                sinks.push_back(&drawing_.nodes[found->second]);
        if (!sinks.empty()) drawing_.groups.push_back(drawnGroup(group, sinks));
    }

    const topology::Graph& graph_;
    ComputedPlaces& computed_;
    Drawing drawing_;
    std::unordered_map<topology::NodeId, std::size_t> byId_;
    std::unordered_map<std::string, std::vector<std::size_t>> partsOf_; ///< of agents, in file order
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
