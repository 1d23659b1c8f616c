#include "canvas/scene/canvas_scene.h"

#include "canvas/paint/drawing_fonts.h"
#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kWireRoom = 400; // for wires that go around the outermost nodes

} // namespace

CanvasScene::CanvasScene(studio::DocumentStore& store, studio::RunController* run, QObject* parent)
    : QGraphicsScene(parent),
      store_(store),
      run_(run),
      live_(store, run),
      ghosts_(store, run, live_, {*this, nodes_, frames_, grid_, drawing_, sprites_}),
      wires_(new WireLayer([this](const QString& id) { return wireEnd(id); },
                           [this](const QRectF& rect) { return grid_.covers(rect); })),
      overlay_(new OverlayLayer(nodes_, frames_)),
      keeper_(live_, {drawing_, nodes_, frames_, frameOf_, *wires_}, *this) {
    addItem(wires_);
    addItem(overlay_);
    connect(&store_, &studio::DocumentStore::changed, this, &CanvasScene::documentChanged);
    connect(&store_, &studio::DocumentStore::checked, this, [this] { keeper_.refresh(live_.checked()); });
    connect(&store_, &studio::DocumentStore::selectionChanged, this, &CanvasScene::syncSelection);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &CanvasScene::restyle);
    if (run_) followRun(*run_);
    rebuild();
}

void CanvasScene::followRun(studio::RunController& run) {
    connect(&run, &studio::RunController::snapshotChanged, this, [this] {
        ghosts_.sync();
        keeper_.takeSnapshot();
        ghosts_.refresh();
    });
    connect(&run, &studio::RunController::phaseChanged, this, [this] {
        if (!live_.running()) ghosts_.forget();
        ghosts_.sync();
        live_.phaseChanged();
        keeper_.refreshAll();
        ghosts_.refresh();
    });
    connect(&run, &studio::RunController::appliedChanged, this, [this] { keeper_.refresh(live_.appliedChanged()); });
}

CanvasScene::~CanvasScene() {
    disconnect(&store_, nullptr, this, nullptr);
}

void CanvasScene::documentChanged(const topology::Edit& edit, const studio::GraphDelta& delta) {
    if (delta.loaded) places_.clear();
    renameItems(edit);
    const FaceNews news = live_.documentChanged(delta);
    const auto change = delta.keepsAll() && !displaced_
                            ? updateDrawing(drawing_, store_.graph(), delta.changed, places_)
                            : std::nullopt;
    if (!change) return rebuild();
    take(*change);
    ghosts_.sync();
    keeper_.refresh(news);
    emit rebuilt();
}

void CanvasScene::renameItems(const topology::Edit& edit) {
    for (const topology::Rename& rename : edit.renames) {
        const QString from = QString::fromStdString(rename.from), to = QString::fromStdString(rename.to);
        if (places_.contains(from)) places_.insert(to, places_.take(from));
    }
}

void CanvasScene::rebuild() {
    Drawing next = drawingOf(store_.document(), places_);
    if (displaced_ || next != drawing_) redraw(std::move(next));
    ghosts_.sync();
    keeper_.refreshAll();
    ghosts_.refresh();
    syncSelection();
    emit rebuilt();
}

void CanvasScene::redraw(Drawing next) {
    drawing_ = std::move(next);
    displaced_ = false;
    syncNodes();
    syncFrames();
    syncIndex();
    fitBounds();
    items_ += wires_->setWires(drawing_.wires);
}

void CanvasScene::fitBounds() {
    const QRectF bounds = drawing_.bounds().adjusted(-kWireRoom, -kWireRoom, kWireRoom, kWireRoom);
    setSceneRect(bounds);
    wires_->setBounds(bounds);
    overlay_->setBounds(bounds);
}

std::vector<QRectF> CanvasScene::takeNode(const DrawnNode& drawn) {
    NodeItem* item = nodes_.value(drawn.id);
    const QRectF before = item->rect();
    if (item->setDrawn(drawn)) ++items_;
    if (item->rect() == before) return {};
    grid_.put(drawn.id, item->rect());
    return {before, item->rect()};
}

void CanvasScene::take(const DrawingChange& change) {
    QSet<QString> rerouted;
    std::vector<QRectF> touched;
    for (const std::size_t at : change.nodes) {
        const std::vector<QRectF> way = takeNode(drawing_.nodes[at]);
        if (!way.empty()) rerouted.insert(drawing_.nodes[at].id);
        touched.insert(touched.end(), way.begin(), way.end());
    }
    for (const std::size_t at : change.frames) {
        const DrawnFrame& frame = drawing_.frames[at];
        FrameItem* item = frames_.value(frame.id);
        if (item->rect() != frame.rect) rerouted.unite({frame.parts.begin(), frame.parts.end()});
        if (item->set(frame.rect, frame.name, frame.where)) ++items_;
    }
    for (const std::size_t at : change.groups) {
        const DrawnGroup& group = drawing_.groups[at];
        if (frames_.value(group.id)->set(group.rect, group.name, group.processor)) ++items_;
    }
    for (const std::size_t at : change.wires)
        if (wires_->setWire(at, drawing_.wires[at])) ++items_;
    if (rerouted.isEmpty()) return;
    fitBounds();
    wires_->reroute(rerouted);
    wires_->settleLabels(touched);
    ghosts_.place();
}

void CanvasScene::syncNodes() {
    QHash<QString, NodeItem*> next;
    for (const DrawnNode& drawn : drawing_.nodes) {
        NodeItem* item = nodes_.take(drawn.id);
        if (!item) {
            item = new NodeItem(drawn, sprites_);
            addItem(item);
            ++items_;
        } else if (item->setDrawn(drawn)) {
            ++items_;
        }
        next.insert(drawn.id, item);
    }
    for (const Ghost& ghost : ghosts_.all())
        if (NodeItem* item = nodes_.take(ghost.id)) next.insert(ghost.id, item);
    qDeleteAll(nodes_);
    nodes_ = std::move(next);
}

void CanvasScene::syncFrames() {
    QHash<QString, FrameItem*> next;
    const auto sync = [&](FrameItem::Kind kind, const QString& id, const QRectF& rect, const QString& name,
                          const QString& where) {
        FrameItem* item = frames_.take(id);
        if (!item) {
            item = new FrameItem(kind, id, sprites_);
            addItem(item);
        }
        if (item->set(rect, name, where)) ++items_;
        next.insert(id, item);
    };
    for (const DrawnFrame& frame : drawing_.frames)
        sync(FrameItem::Kind::agent, frame.id, frame.rect, frame.name, frame.where);
    for (const DrawnGroup& group : drawing_.groups)
        sync(FrameItem::Kind::group, group.id, group.rect, group.name, group.processor);
    qDeleteAll(frames_);
    frames_ = std::move(next);
}

void CanvasScene::syncIndex() {
    grid_.clear();
    for (const NodeItem* item : std::as_const(nodes_))
        grid_.put(item->id(), item->rect());
    frameOf_.clear();
    groupOf_.clear();
    for (std::size_t i = 0; i < drawing_.frames.size(); ++i) {
        frameOf_.insert(drawing_.frames[i].id, i);
        for (const QString& part : drawing_.frames[i].parts)
            frameOf_.insert(part, i);
    }
    for (std::size_t i = 0; i < drawing_.groups.size(); ++i)
        for (const QString& sink : drawing_.groups[i].sinks)
            groupOf_.insert(sink, i);
}

void CanvasScene::syncSelection() {
    const QSet<QString>& chosen = store_.selection();
    for (NodeItem* item : std::as_const(nodes_))
        item->setChosen(chosen.contains(item->id()));
    for (FrameItem* item : std::as_const(frames_))
        item->setChosen(chosen.contains(item->id()));
    if (!chosen.isEmpty()) wires_->setChosen(-1);
}

void CanvasScene::showAt(const QHash<QString, QPointF>& places) {
    displaced_ = true;
    QSet<QString> moved;
    std::vector<QRectF> touched;
    for (auto it = places.begin(); it != places.end(); ++it) {
        NodeItem* item = nodes_.value(it.key());
        if (!item || item->pos() == it.value()) continue;
        touched.push_back(item->rect());
        item->setPos(it.value());
        touched.push_back(item->rect());
        grid_.put(it.key(), item->rect());
        moved.insert(it.key());
    }
    fitFrames(places);
    if (moved.isEmpty()) return;
    // A frame that has grown or shrunk leads its wires another way.
    QSet<QString> rerouted = moved;
    for (const QString& id : std::as_const(moved))
        if (const auto frame = frameOf_.constFind(id); frame != frameOf_.constEnd())
            for (const QString& part : drawing_.frames[*frame].parts)
                rerouted.insert(part);
    wires_->reroute(rerouted);
    wires_->settleLabels(touched);
}

QHash<QString, QPointF> CanvasScene::places() const {
    QHash<QString, QPointF> all;
    for (const DrawnNode& drawn : drawing_.nodes)
        all.insert(drawn.id, node(drawn.id)->pos());
    for (const DrawnFrame& drawn : drawing_.frames)
        if (const auto place = placeOf(drawn.id)) all.insert(drawn.id, *place);
    return all;
}

std::optional<QPointF> CanvasScene::placeOf(const QString& id) const {
    if (const NodeItem* item = node(id)) return item->pos();
    const FrameItem* item = frame(id);
    if (!item || item->kind() != FrameItem::Kind::agent) return std::nullopt;
    const topology::Node* agent = store_.graph().find(id.toStdString());
    // A written frame grows with its parts: its corner on the screen may be another.
    if (agent && agent->position) return QPointF(agent->position->x, agent->position->y);
    return item->rect().topLeft();
}

void CanvasScene::showAsWritten() {
    QHash<QString, QPointF> places;
    for (const DrawnNode& drawn : drawing_.nodes)
        places.insert(drawn.id, drawn.rect.topLeft());
    for (const DrawnFrame& frame : drawing_.frames)
        places.insert(frame.id, frame.given ? QPointF(frame.given->x, frame.given->y) : frame.rect.topLeft());
    showAt(places);
}

void CanvasScene::fitFrames(const QHash<QString, QPointF>& places) {
    const auto around = [this](const QStringList& ids) {
        QRectF all;
        for (const QString& id : ids)
            if (const NodeItem* item = node(id)) all |= item->rect();
        return all;
    };
    QSet<std::size_t> frames, groups;
    for (auto it = places.begin(); it != places.end(); ++it) {
        if (const auto frame = frameOf_.constFind(it.key()); frame != frameOf_.constEnd()) frames.insert(*frame);
        if (const auto group = groupOf_.constFind(it.key()); group != groupOf_.constEnd()) groups.insert(*group);
    }
    for (const std::size_t index : std::as_const(frames)) {
        const DrawnFrame& frame = drawing_.frames[index];
        std::optional<topology::Position> given = frame.given;
        const QPointF corner = places.value(frame.id, given ? QPointF(given->x, given->y) : frame.rect.topLeft());
        if (given) given = {corner.x(), corner.y(), given->width, given->height};
        const QRectF parts = frame.parts.isEmpty() ? firstPartAt(corner) : around(frame.parts);
        frames_.value(frame.id)->setRect(frameAround(parts, given));
    }
    for (const std::size_t index : std::as_const(groups))
        frames_.value(drawing_.groups[index].id)->setRect(groupAround(around(drawing_.groups[index].sinks)));
    ghosts_.place();
}

void CanvasScene::dimAllBut(const std::optional<QSet<QString>>& fitting) {
    for (NodeItem* item : std::as_const(nodes_))
        item->setDimmed(fitting && !fitting->contains(item->id()));
}

void CanvasScene::setTargetFrame(const QString& agentId) {
    for (FrameItem* frame : std::as_const(frames_))
        frame->setTarget(frame->id() == agentId);
}

std::optional<WireEnd> CanvasScene::wireEnd(const QString& id) const {
    const NodeItem* item = node(id);
    if (!item) return std::nullopt;
    const FrameItem* around = frame(item->drawn().frame);
    return WireEnd{item->drawn().shape, item->rect(), around ? around->rect() : QRectF()};
}

QStringList CanvasScene::movedWith(const QSet<QString>& ids) const {
    QSet<QString> moved;
    for (const QString& id : ids)
        if (nodes_.contains(id)) moved.insert(id);
    for (const DrawnFrame& frame : drawing_.frames)
        if (ids.contains(frame.id)) {
            for (const QString& part : frame.parts) moved.insert(part);
            const topology::Node* agent = store_.graph().find(frame.id.toStdString());
            if (frame.parts.isEmpty() || (agent && agent->position)) moved.insert(frame.id);
        }
    for (const DrawnGroup& group : drawing_.groups)
        if (ids.contains(group.id))
            for (const QString& sink : group.sinks) moved.insert(sink);
    return {moved.begin(), moved.end()};
}

QRectF CanvasScene::contentBounds() const {
    QRectF all;
    for (const NodeItem* item : nodes_)
        all |= item->rect();
    for (const FrameItem* frame : frames_)
        all |= frame->rect();
    return all;
}

void CanvasScene::restyle() {
    sprites_.clear();
    forgetDrawingFonts();
    for (NodeItem* item : std::as_const(nodes_))
        item->restyle();
    for (FrameItem* item : std::as_const(frames_))
        item->restyle();
    redraw(drawingOf(store_.document(), places_));
    keeper_.refreshAll();
    ghosts_.refresh();
    update();
}

} // namespace millrace::canvas
