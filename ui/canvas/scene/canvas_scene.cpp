#include "canvas/scene/canvas_scene.h"

#include "canvas/paint/drawing_fonts.h"
#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"

#include <QLineF>

#include <algorithm>

namespace millrace::canvas {

namespace {

/// How near an agent's frame a part is put down to belong to it, beyond the frame of its own. Scene units.
constexpr double kNearX = 80, kNearY = 16;

constexpr qint64 kTextsEveryMs = 250; // a number that changes faster cannot be read
constexpr int kBlinks = 6, kBlinkMs = 500;
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
      overlay_(new OverlayLayer(nodes_)) {
    blinkClock_.setParent(this);
    addItem(wires_);
    addItem(overlay_);
    blinkClock_.setInterval(kBlinkMs);
    connect(&blinkClock_, &QTimer::timeout, this, &CanvasScene::blink);
    connect(&store_, &studio::DocumentStore::changed, this, &CanvasScene::documentChanged);
    connect(&store_, &studio::DocumentStore::selectionChanged, this, &CanvasScene::syncSelection);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &CanvasScene::restyle);
    const auto again = [this] {
        live_.documentChanged();
        refreshFaces(true);
    };
    connect(&store_, &studio::DocumentStore::checked, this, again);
    if (run_) {
        connect(run_, &studio::RunController::snapshotChanged, this, &CanvasScene::refresh);
        connect(run_, &studio::RunController::phaseChanged, this, [this, again] {
            if (!live_.running()) ghosts_.forget();
            ghosts_.sync();
            again();
        });
        connect(run_, &studio::RunController::appliedChanged, this, again);
    }
    rebuild();
}

CanvasScene::~CanvasScene() {
    disconnect(&store_, nullptr, this, nullptr);
}

void CanvasScene::documentChanged(const topology::Edit& edit) {
    if (edit.empty() && edit.renames.empty()) places_.clear();
    renameItems(edit);
    live_.documentChanged();
    rebuild();
}

void CanvasScene::renameItems(const topology::Edit& edit) {
    for (const topology::Rename& rename : edit.renames) {
        const QString from = QString::fromStdString(rename.from), to = QString::fromStdString(rename.to);
        if (places_.contains(from)) places_.insert(to, places_.take(from));
    }
}

void CanvasScene::rebuild() {
    Drawing next = drawingOf(store_.document(), places_);
    // Most keystrokes change a property that is not drawn.
    if (displaced_ || next != drawing_) redraw(std::move(next));
    ghosts_.sync();
    refreshFaces(true);
    syncSelection();
    emit rebuilt();
}

void CanvasScene::redraw(Drawing next) {
    drawing_ = std::move(next);
    displaced_ = false;
    syncNodes();
    syncFrames();
    syncIndex();
    const QRectF bounds = drawing_.bounds().adjusted(-kWireRoom, -kWireRoom, kWireRoom, kWireRoom);
    setSceneRect(bounds);
    wires_->setBounds(bounds);
    overlay_->setBounds(bounds);
    wires_->setWires(drawing_.wires);
}

void CanvasScene::syncNodes() {
    QHash<QString, NodeItem*> next;
    for (const DrawnNode& drawn : drawing_.nodes) {
        NodeItem* item = nodes_.take(drawn.id);
        if (!item) {
            item = new NodeItem(drawn, sprites_);
            addItem(item);
        } else {
            item->setDrawn(drawn);
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
            item = new FrameItem(kind, id);
            addItem(item);
        }
        item->set(rect, name, where);
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

void CanvasScene::refresh() {
    ghosts_.sync();
    const bool texts = !sinceTexts_.isValid() || sinceTexts_.elapsed() >= kTextsEveryMs || !live_.running();
    if (texts) sinceTexts_.start();
    refreshFaces(texts);
}

void CanvasScene::refreshFaces(bool textsToo) {
    for (const DrawnNode& drawn : drawing_.nodes) {
        NodeItem* item = nodes_.value(drawn.id);
        NodeFace face = live_.face(drawn, textsToo);
        if (!textsToo && face.status == item->face().status) face.figure = item->face().figure;
        else if (!textsToo)
            face = live_.face(drawn, true);
        const bool fails = face.status == look::Glyph::failing && item->face().status != look::Glyph::failing;
        item->setFace(std::move(face));
        if (!fails || look::Theme::instance().reducedMotion()) continue;
        blinks_.insert(drawn.id, kBlinks);
        if (!blinkClock_.isActive()) blinkClock_.start();
    }
    ghosts_.refresh();
    for (const DrawnFrame& frame : drawing_.frames)
        frames_.value(frame.id)->setStatus(live_.frameStatus(frame), live_.mark(frame.id));
    for (std::size_t i = 0; i < wires_->strands().size(); ++i) {
        WireFace face = live_.face(wires_->strands()[i].drawn, textsToo);
        const WireFace& old = wires_->strands()[i].face;
        if (!textsToo) face.label = old.label;
        if (!textsToo && old.rate.has_value() == face.rate.has_value()) face.rate = old.rate;
        wires_->setFace(i, face);
    }
}

/// What begins to fail blinks three times, slower than once a second, and is steady then.
void CanvasScene::blink() {
    for (auto it = blinks_.begin(); it != blinks_.end();) {
        NodeItem* item = nodes_.value(it.key());
        const bool over = !item || item->face().status != look::Glyph::failing || --*it <= 0;
        if (item) item->setDark(!over && *it % 2 == 1);
        it = over ? blinks_.erase(it) : std::next(it);
    }
    if (blinks_.isEmpty()) blinkClock_.stop();
}

const NodeItem* CanvasScene::nodeAt(const QPointF& point, const QString& except) const {
    for (QGraphicsItem* item : items(point, Qt::IntersectsItemShape, Qt::DescendingOrder)) {
        if (item->type() != NodeItem::Type) continue;
        const auto* node = static_cast<const NodeItem*>(item);
        if (node->id() != except) return node;
    }
    return nullptr;
}

const FrameItem* CanvasScene::titleAt(const QPointF& point) const {
    const FrameItem* best = nullptr;
    for (const FrameItem* frame : frames_)
        if (frame->titleRect().contains(point) && (!best || frame->zValue() > best->zValue())) best = frame;
    return best;
}

const FrameItem* CanvasScene::agentAt(const QPointF& point) const {
    for (const FrameItem* frame : frames_)
        if (frame->kind() == FrameItem::Kind::agent && frame->rect().contains(point)) return frame;
    return nullptr;
}

QString CanvasScene::agentWrittenAt(const QPointF& point) const {
    for (const DrawnFrame& frame : drawing_.frames)
        if (frame.rect.contains(point)) return frame.id;
    return {};
}

const FrameItem* CanvasScene::agentFor(const QPointF& point) const {
    if (const FrameItem* inside = agentAt(point)) return inside;
    QRectF part(QPointF(), sizeOf(Shape::channel));
    part.moveCenter(point);
    // Parts are put down in a row with a gap between them: whoever stands that near belongs together.
    const QRectF own = frameAround(part, {}).adjusted(-kNearX, -kNearY, kNearX, kNearY);
    const FrameItem* best = nullptr;
    double most = 0;
    for (const FrameItem* frame : frames_) {
        const QRectF shared = frame->rect().intersected(own);
        const double area = shared.width() * shared.height();
        if (frame->kind() != FrameItem::Kind::agent || area <= most) continue;
        most = area;
        best = frame;
    }
    return best;
}

const NodeItem* CanvasScene::portAt(const QPointF& point, double distance, bool* out) const {
    const NodeItem* best = nullptr;
    double nearest = distance;
    for (const NodeItem* item : nodes_) {
        if (!item->rect().adjusted(-distance, -distance, distance, distance).contains(point)) continue;
        const auto test = [&](const std::optional<QPointF>& port, bool isOut) {
            const double away = port ? QLineF(*port, point).length() : distance + 1;
            if (away > nearest) return;
            nearest = away;
            best = item;
            if (out) *out = isOut;
        };
        test(inPort(item->drawn().shape, item->rect()), false);
        test(outPort(item->drawn().shape, item->rect()), true);
    }
    return best;
}

QSet<QString> CanvasScene::within(const QRectF& box, bool touching) const {
    QSet<QString> found;
    const auto in = [&](const QRectF& rect) { return touching ? box.intersects(rect) : box.contains(rect); };
    for (const DrawnNode& drawn : drawing_.nodes)
        if (in(node(drawn.id)->rect())) found.insert(drawn.id);
    // A frame is taken when it lies wholly inside, never by touching: its parts are what was meant.
    for (const FrameItem* frame : frames_)
        if (box.contains(frame->rect())) found.insert(frame->id());
    return found;
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
    live_.documentChanged(); // the sentences of the problems may be in another language
    for (NodeItem* item : std::as_const(nodes_))
        item->restyle();
    redraw(drawingOf(store_.document(), places_));
    refreshFaces(true);
    update();
}

} // namespace millrace::canvas
