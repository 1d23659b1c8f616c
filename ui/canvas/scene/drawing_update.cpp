#include "canvas/scene/drawing_update.h"

#include "canvas/scene/drawing_parts.h"

#include <QSet>

#include <algorithm>

namespace millrace::canvas {

namespace {

using topology::Node;
using topology::NodeKind;

/// With more than so many changed nodes looking each of them up costs as much as a new drawing.
constexpr std::size_t kFew = 16;

class Update {
public:
    Update(const Drawing& drawing, const topology::Graph& graph, const ComputedPlaces& computed)
        : drawing_(drawing), graph_(graph), computed_(computed) {}

    /// False: this cannot be told.
    bool take(const Node& node) {
        switch (node.kind) {
        case NodeKind::agent:
            return takeAgent(node);
        case NodeKind::sinkGroup:
            return takeGroup(node);
        case NodeKind::cluster:
        case NodeKind::topic:
            return sameClusters() && takeNode(node);
        case NodeKind::source:
        case NodeKind::channel:
        case NodeKind::sink:
        case NodeKind::traffic:
        case NodeKind::note:
            return takeNode(node);
        }
        return false;
    }

    /// After all nodes: what follows from them, and all of it into the drawing.
    DrawingChange finish(Drawing& into) {
        takeFollowing();
        DrawingChange change;
        put(nodes_, into.nodes, change.nodes);
        put(frames_, into.frames, change.frames);
        put(groups_, into.groups, change.groups);
        put(wires_, into.wires, change.wires);
        return change;
    }

private:
    template <class Part>
    using Fresh = std::vector<std::pair<std::size_t, Part>>;

    template <class Part>
    static void put(Fresh<Part>& fresh, std::vector<Part>& into, std::vector<std::size_t>& change) {
        for (auto& [at, part] : fresh) {
            into[at] = std::move(part);
            change.push_back(at);
        }
    }

    template <class Part>
    static std::optional<std::size_t> indexOf(const std::vector<Part>& parts, const QString& id) {
        const auto found = std::ranges::find(parts, id, &Part::id);
        if (found == parts.end()) return std::nullopt;
        return static_cast<std::size_t>(found - parts.begin());
    }

    /// The node as it will be.
    const DrawnNode* node(const QString& id) const {
        for (const auto& [at, fresh] : nodes_)
            if (fresh.id == id) return &fresh;
        return drawing_.node(id);
    }

    std::vector<const DrawnNode*> nodesOf(const QStringList& ids) const {
        std::vector<const DrawnNode*> all;
        for (const QString& id : ids)
            if (const DrawnNode* one = node(id)) all.push_back(one);
        return all;
    }

    /// A cluster comes into the drawing and leaves it with its topics.
    bool sameClusters() const {
        return std::ranges::all_of(graph_.ofKind(NodeKind::cluster), [this](const Node* cluster) {
            return isDrawn(*cluster, graph_) == (drawing_.node(QString::fromStdString(cluster->id)) != nullptr);
        });
    }

    /// Stands on a node that the layout has placed: that will make way.
    bool covers(const DrawnNode& moved) const {
        const QRectF taken(moved.rect.topLeft(), sizeOf(moved.shape));
        for (auto place = computed_.constBegin(); place != computed_.constEnd(); ++place) {
            const Node* other = graph_.find(place.key().toStdString());
            if (!other || other->position || !isPlaced(other->kind)) continue;
            if (taken.intersects(QRectF(*place, sizeOf(shapeOf(other->kind))))) return true;
        }
        return false;
    }

    bool takeNode(const Node& changed) {
        const QString id = QString::fromStdString(changed.id);
        const auto at = indexOf(drawing_.nodes, id);
        if (!at) return !isDrawn(changed, graph_);
        DrawnNode fresh = drawnNode(changed, computed_);
        const DrawnNode& old = drawing_.nodes[*at];
        if (changed.kind == NodeKind::source) restyled_.insert(id);
        if (fresh == old) return true;
        if (fresh.rect != old.rect) {
            if (fresh.rect.topLeft() != old.rect.topLeft() && (!changed.position || covers(fresh))) return false;
            moved_.insert(id);
        }
        nodes_.emplace_back(*at, std::move(fresh));
        return true;
    }

    bool takeAgent(const Node& agent) {
        const auto at = indexOf(drawing_.frames, QString::fromStdString(agent.id));
        if (!at) return false;
        QStringList parts;
        for (const Node* part : graph_.partsOf(agent.name))
            if (isPlaced(part->kind)) parts.append(QString::fromStdString(part->id));
        if (parts != drawing_.frames[*at].parts) return false;
        reframed_.insert(*at);
        return true;
    }

    bool takeGroup(const Node& group) {
        const QString id = QString::fromStdString(group.id);
        const auto written = std::ranges::find(graph_.groups, group.id, &topology::SinkGroup::id);
        const auto at = indexOf(drawing_.groups, id);
        if (written == graph_.groups.end() || !at) return false;
        QStringList sinks;
        for (const topology::NodeId& sink : written->sinks)
            if (const QString one = QString::fromStdString(sink); drawing_.node(one)) sinks.append(one);
        if (sinks != drawing_.groups[*at].sinks) return false;
        regrouped_.insert(*at);
        for (const QString& sink : std::as_const(sinks))
            restyled_.insert(sink);
        return true;
    }

    void takeFollowing() {
        for (const QString& id : std::as_const(moved_)) {
            const QString frame = node(id)->frame;
            if (const auto at = frame.isEmpty() ? std::nullopt : indexOf(drawing_.frames, frame)) reframed_.insert(*at);
            for (std::size_t at = 0; at < drawing_.groups.size(); ++at)
                if (drawing_.groups[at].sinks.contains(id)) regrouped_.insert(at);
        }
        for (const std::size_t at : std::as_const(reframed_)) {
            const DrawnFrame& old = drawing_.frames[at];
            const Node* agent = graph_.find(old.id.toStdString());
            keep(at, drawnFrame(*agent, nodesOf(old.parts), computed_), old, frames_);
        }
        for (const std::size_t at : std::as_const(regrouped_)) {
            const DrawnGroup& old = drawing_.groups[at];
            const auto written = std::ranges::find(graph_.groups, old.id.toStdString(), &topology::SinkGroup::id);
            keep(at, drawnGroup(*written, nodesOf(old.sinks)), old, groups_);
        }
        if (restyled_.isEmpty()) return;
        for (std::size_t at = 0; at < drawing_.wires.size(); ++at) {
            const DrawnWire& old = drawing_.wires[at];
            if (restyled_.contains(old.from) || restyled_.contains(old.to))
                keep(at, drawnWire(old.wire, graph_), old, wires_);
        }
    }

    template <class Part>
    static void keep(std::size_t at, Part fresh, const Part& old, Fresh<Part>& into) {
        if (fresh != old) into.emplace_back(at, std::move(fresh));
    }

    const Drawing& drawing_;
    const topology::Graph& graph_;
    const ComputedPlaces& computed_;
    Fresh<DrawnNode> nodes_;
    Fresh<DrawnFrame> frames_;
    Fresh<DrawnGroup> groups_;
    Fresh<DrawnWire> wires_;
    QSet<QString> moved_, restyled_; ///< ids; what the wires at the latter look like depends on a changed node
    QSet<std::size_t> reframed_, regrouped_;
};

} // namespace

std::optional<DrawingChange> updateDrawing(Drawing& drawing, const topology::Graph& graph,
                                           const std::vector<topology::NodeId>& changed,
                                           const ComputedPlaces& computed) {
    if (changed.size() > kFew) return std::nullopt;
    Update update(drawing, graph, computed);
    for (const topology::NodeId& id : changed) {
        const Node* node = graph.find(id);
        if (!node || !update.take(*node)) return std::nullopt;
    }
    return update.finish(drawing);
}

} // namespace millrace::canvas
