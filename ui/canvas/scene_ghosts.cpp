#include "canvas/canvas_scene.h"

#include "document/document_store.h"
#include "document/run_controller.h"
#include "look/numbers.h"

#include <algorithm>

/// Topics and groups that run but are not in the file.
namespace millrace::canvas {

namespace {

constexpr double kGapBelowTopic = 14, kGapBetween = 8;

} // namespace

const Ghost* CanvasScene::ghost(const QString& id) const {
    const auto found = std::ranges::find(ghosts_, id, &Ghost::id);
    return found == ghosts_.end() ? nullptr : &*found;
}

void CanvasScene::syncGhosts() {
    std::vector<Ghost> next;
    if (run_ && live_.running()) next = ghostTracker_.update(*run_->snapshot(), store_.graph());
    if (next == ghosts_) return;
    for (const Ghost& old : ghosts_)
        if (std::ranges::find(next, old.id, &Ghost::id) == next.end()) delete nodes_.take(old.id);
    ghosts_ = std::move(next);
    for (const Ghost& ghost : ghosts_) {
        if (nodes_.contains(ghost.id)) continue;
        DrawnNode drawn;
        drawn.id = ghost.id;
        drawn.kind = topology::NodeKind::topic;
        drawn.shape = ghost.kind == Ghost::Kind::topic ? Shape::ghostTopic : Shape::ghostGroup;
        drawn.rect = QRectF(QPointF(), sizeOf(drawn.shape));
        auto* item = new NodeItem(drawn, sprites_);
        item->setFace(ghostFace(ghost));
        addItem(item);
        nodes_.insert(ghost.id, item);
    }
    placeGhosts();
}

// Groups hang below their topic, unknown topics below the lowest topic of their cluster, so that nothing that the user
// has placed is in the way of the usual case.
void CanvasScene::placeGhosts() {
    if (ghosts_.empty()) return;
    std::map<std::pair<std::string, std::string>, double> below; // next free height under a topic
    std::map<std::pair<std::string, std::string>, double> left;
    std::map<std::string, QPointF> clusterEnd;
    const auto noteTopic = [&](const std::string& cluster, const std::string& name, const QRectF& rect) {
        below[{cluster, name}] = rect.bottom() + kGapBelowTopic;
        left[{cluster, name}] = rect.left();
        QPointF& end = clusterEnd.try_emplace(cluster, rect.left(), rect.bottom()).first->second;
        if (rect.bottom() > end.y()) end = {rect.left(), rect.bottom()};
    };
    for (const DrawnNode& drawn : drawing_.nodes) {
        if (drawn.kind != topology::NodeKind::topic) continue;
        const topology::Node* written = store_.graph().find(drawn.id.toStdString());
        if (written) noteTopic(written->valueOr("cluster"), drawn.name.toStdString(), node(drawn.id)->rect());
    }
    const QRectF bounds = drawing_.bounds();
    for (const Ghost& ghost : ghosts_) {
        if (ghost.kind != Ghost::Kind::topic) continue;
        // Room for the groups that may hang on the topic above.
        const auto groups = std::ranges::count_if(ghosts_, [&](const Ghost& other) {
            return other.kind == Ghost::Kind::group && other.cluster == ghost.cluster;
        });
        const QPointF end = clusterEnd.try_emplace(ghost.cluster, bounds.right() + 64, bounds.top()).first->second;
        const double room = static_cast<double>(groups) * (kGhostGroupHeight + kGapBetween);
        NodeItem* item = nodes_.value(ghost.id);
        item->setPos(end.x(), end.y() + kGapBelowTopic + room + kGapBetween);
        noteTopic(ghost.cluster, ghost.topic, item->rect());
    }
    for (const Ghost& ghost : ghosts_) {
        if (ghost.kind != Ghost::Kind::group) continue;
        const std::pair key(ghost.cluster, ghost.topic);
        if (!below.contains(key)) {
            below[key] = bounds.top();
            left[key] = bounds.right() + 64;
        }
        nodes_.value(ghost.id)->setPos(left[key], below[key]);
        below[key] += kGhostGroupHeight + kGapBetween;
    }
}

NodeFace CanvasScene::ghostFace(const Ghost& ghost) const {
    NodeFace face;
    face.ghost = true;
    const auto snapshot = run_->snapshot();
    if (ghost.kind == Ghost::Kind::group) {
        face.shape = Shape::ghostGroup;
        Lag lag;
        for (const session::GroupSnapshot& group : snapshot->groups)
            if (group.cluster == ghost.cluster && group.id == ghost.group) lag = lagOf(group, ghost.topic);
        face.name = subscriptionText(QString::fromStdString(ghost.group), lag);
        face.tone = lag.ms.value_or(0) > 1000 ? Tone::wait : Tone::plain;
        return face;
    }
    face.shape = Shape::ghostTopic;
    face.name = QString::fromStdString(ghost.topic);
    face.typeLine = tr("topic · not in the file");
    for (const session::TopicSnapshot& topic : snapshot->topics) {
        if (topic.cluster != ghost.cluster || topic.name != ghost.topic) continue;
        std::int64_t records = 0;
        for (const session::PartitionSnapshot& partition : topic.partitions)
            records += partition.logEnd - partition.logStart;
        face.figure = tr("%1 records").arg(look::count(records));
    }
    return face;
}

} // namespace millrace::canvas
