#include "canvas/scene/ghost_layer.h"

#include "canvas/scene/frame_item.h"
#include "canvas/scene/live_faces.h"
#include "canvas/scene/node_item.h"
#include "canvas/scene/rect_grid.h"
#include "document/document_store.h"
#include "look/numbers.h"
#include "run/run_controller.h"

#include <QCoreApplication>
#include <QGraphicsScene>

#include <algorithm>

namespace millrace::canvas {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Ghosts)
};

constexpr double kGapBelowTopic = 14, kGapBetween = 8;

QRectF freeBelow(QRectF rect, const std::vector<QRectF>& taken) {
    for (bool moved = true; moved;) {
        moved = false;
        for (const QRectF& other : taken) {
            if (!other.adjusted(-kGapBetween, -kGapBetween, kGapBetween, kGapBetween).intersects(rect)) continue;
            rect.moveTop(other.bottom() + kGapBetween + 1);
            moved = true;
        }
    }
    return rect;
}

} // namespace

GhostLayer::GhostLayer(const studio::DocumentStore& store, const studio::RunController* run, const LiveFaces& live,
                       const Surroundings& around)
    : store_(store), run_(run), live_(live), around_(around) {}

const Ghost* GhostLayer::find(const QString& id) const {
    const auto found = std::ranges::find(ghosts_, id, &Ghost::id);
    return found == ghosts_.end() ? nullptr : &*found;
}

void GhostLayer::sync() {
    std::vector<Ghost> next;
    if (run_ && live_.running()) next = tracker_.update(*run_->snapshot(), store_.graph());
    if (next == ghosts_) return;
    for (const Ghost& old : ghosts_)
        if (std::ranges::find(next, old.id, &Ghost::id) == next.end()) {
            delete around_.nodes.take(old.id);
            around_.grid.remove(old.id);
        }
    ghosts_ = std::move(next);
    for (const Ghost& ghost : ghosts_) {
        if (around_.nodes.contains(ghost.id)) continue;
        DrawnNode drawn;
        drawn.id = ghost.id;
        drawn.kind = topology::NodeKind::topic;
        drawn.shape = ghost.kind == Ghost::Kind::topic ? Shape::ghostTopic : Shape::ghostGroup;
        drawn.rect = QRectF(QPointF(), sizeOf(drawn.shape));
        auto* item = new NodeItem(drawn, around_.sprites);
        item->setFace(faceOf(ghost));
        around_.scene.addItem(item);
        around_.nodes.insert(ghost.id, item);
    }
    place();
}

// Groups hang below their topic, unknown topics below the lowest topic of their cluster, what has no room of its own at
// the end. Each goes on downwards until nothing of the drawing is in its way.
void GhostLayer::place() {
    if (ghosts_.empty()) return;
    using TopicKey = std::pair<std::string, std::string>;
    std::vector<QRectF> taken;
    std::map<TopicKey, QRectF> topics;
    std::map<std::string, QPointF> ends; // of clusters: left, lowest
    const auto note = [&ends](const std::string& cluster, const QRectF& rect) {
        QPointF& end = ends.try_emplace(cluster, rect.bottomLeft()).first->second;
        if (rect.bottom() > end.y()) end = rect.bottomLeft();
    };
    for (const FrameItem* frame : std::as_const(around_.frames))
        taken.push_back(frame->rect());
    for (const DrawnNode& drawn : around_.drawing.nodes) {
        const QRectF rect = around_.nodes.value(drawn.id)->rect();
        taken.push_back(rect);
        if (drawn.kind == topology::NodeKind::cluster) note(drawn.name.toStdString(), rect);
        if (drawn.kind != topology::NodeKind::topic) continue;
        const std::string cluster = live_.clusterOf(drawn.id);
        topics[{cluster, drawn.name.toStdString()}] = rect;
        note(cluster, rect);
    }
    const auto put = [&](const Ghost& ghost, const QPointF& at) {
        NodeItem* item = around_.nodes.value(ghost.id);
        const QRectF rect = freeBelow(QRectF(at, item->rect().size()), taken);
        item->setPos(rect.topLeft());
        around_.grid.put(ghost.id, rect);
        taken.push_back(rect);
        note(ghost.cluster, rect);
        return rect;
    };
    const auto putGroups = [&](const TopicKey& topic, const QRectF& rect) {
        for (const Ghost& ghost : ghosts_)
            if (ghost.kind == Ghost::Kind::group && ghost.cluster == topic.first && ghost.topic == topic.second)
                put(ghost, rect.bottomLeft() + QPointF(0, kGapBelowTopic));
    };
    for (const auto& [key, rect] : topics)
        putGroups(key, rect);
    const QPointF beside = around_.drawing.bounds().topRight() + QPointF(64, 0);
    const auto end = [&](const Ghost& ghost) {
        const auto found = ends.find(ghost.cluster);
        return found == ends.end() ? beside : found->second + QPointF(0, kGapBelowTopic);
    };
    for (const Ghost& ghost : ghosts_)
        if (ghost.kind == Ghost::Kind::topic) putGroups({ghost.cluster, ghost.topic}, put(ghost, end(ghost)));
    for (const Ghost& ghost : ghosts_)
        if (ghost.kind == Ghost::Kind::moreTopics || ghost.kind == Ghost::Kind::moreGroups) put(ghost, end(ghost));
}

void GhostLayer::refresh() {
    for (const Ghost& ghost : ghosts_)
        if (NodeItem* item = around_.nodes.value(ghost.id)) item->setFace(faceOf(ghost));
}

NodeFace GhostLayer::faceOf(const Ghost& ghost) const {
    NodeFace face;
    face.ghost = true;
    if (ghost.kind == Ghost::Kind::moreTopics || ghost.kind == Ghost::Kind::moreGroups) {
        face.shape = Shape::ghostGroup;
        face.name = ghost.kind == Ghost::Kind::moreTopics ? Texts::tr("%n more topic(s)", nullptr, ghost.count)
                                                          : Texts::tr("%n more group(s)", nullptr, ghost.count);
        return face;
    }
    const auto snapshot = run_->snapshot();
    if (ghost.kind == Ghost::Kind::group) {
        face.shape = Shape::ghostGroup;
        const studio::TopicLag* lag = run_->model().lag(ghost.cluster, ghost.group, ghost.topic);
        face.name = inOneLine(subscriptionWords(QString::fromStdString(ghost.group), lag ? *lag : studio::TopicLag()));
        face.tone = lag && lag->worrying() ? Tone::wait : Tone::plain;
        return face;
    }
    face.shape = Shape::ghostTopic;
    face.name = QString::fromStdString(ghost.topic);
    face.typeLine = Texts::tr("topic · not in the file");
    for (const session::TopicSnapshot& topic : snapshot->topics) {
        if (topic.cluster != ghost.cluster || topic.name != ghost.topic) continue;
        if (topic.partitions.empty()) continue; // not told
        std::int64_t records = 0;
        for (const session::PartitionSnapshot& partition : topic.partitions)
            records += partition.logEnd - partition.logStart;
        face.figure = Texts::tr("%1 records").arg(look::count(records));
    }
    return face;
}

} // namespace millrace::canvas
