#include "canvas/scene/face_keeper.h"

#include "canvas/scene/frame_item.h"
#include "canvas/scene/node_item.h"
#include "look/theme.h"

#include <utility>

namespace millrace::canvas {

namespace {

constexpr qint64 kTextsEveryMs = 250;
constexpr int kBlinks = 6, kBlinkMs = 500;

} // namespace

FaceKeeper::FaceKeeper(const LiveFaces& live, const Items& items, QObject& owner) : live_(live), items_(items) {
    blinkClock_.setParent(&owner);
    blinkClock_.setInterval(kBlinkMs);
    QObject::connect(&blinkClock_, &QTimer::timeout, &blinkClock_, [this] { blink(); });
}

void FaceKeeper::refresh(const FaceNews& news) {
    refresh(news, true);
}

void FaceKeeper::takeSnapshot() {
    FaceNews news = live_.snapshotChanged();
    const bool texts = !sinceTexts_.isValid() || sinceTexts_.elapsed() >= kTextsEveryMs;
    late_.all = late_.all || news.all;
    late_.nodes.unite(news.nodes);
    if (!texts) return refresh(news, false);
    sinceTexts_.start();
    refresh(std::exchange(late_, {}), true);
}

void FaceKeeper::refresh(const FaceNews& news, bool texts) {
    if (news.all) {
        for (const DrawnNode& drawn : items_.drawing.nodes)
            refreshNode(*items_.nodes.value(drawn.id), texts);
        for (const DrawnFrame& frame : items_.drawing.frames)
            refreshFrame(frame);
        for (std::size_t i = 0; i < items_.wires.strands().size(); ++i)
            refreshWire(i, texts);
        return;
    }
    QSet<std::size_t> frames, wires;
    for (const QString& id : news.nodes) {
        if (NodeItem* item = items_.nodes.value(id)) refreshNode(*item, texts);
        if (const auto frame = items_.frameOf.constFind(id); frame != items_.frameOf.constEnd()) frames.insert(*frame);
        for (const std::size_t wire : items_.wires.strandsAt(id))
            wires.insert(wire);
    }
    for (const std::size_t frame : std::as_const(frames))
        refreshFrame(items_.drawing.frames[frame]);
    for (const std::size_t wire : std::as_const(wires))
        refreshWire(wire, texts);
}

void FaceKeeper::refreshNode(NodeItem& item, bool texts) {
    ++made_;
    NodeFace face = live_.face(item.drawn(), texts);
    if (!texts && face.status == item.face().status) {
        face.figure = item.face().figure;
        face.shortFigure = item.face().shortFigure;
    } else if (!texts) {
        face = live_.face(item.drawn(), true);
    }
    const bool fails = face.status == look::Glyph::failing && item.face().status != look::Glyph::failing;
    item.setFace(std::move(face));
    if (!fails || look::Theme::instance().reducedMotion()) return;
    blinks_.insert(item.id(), kBlinks);
    if (!blinkClock_.isActive()) blinkClock_.start();
}

void FaceKeeper::refreshFrame(const DrawnFrame& frame) {
    items_.frames.value(frame.id)->setStatus(live_.frameStatus(frame), live_.mark(frame.id));
}

void FaceKeeper::refreshWire(std::size_t strand, bool texts) {
    WireFace face = live_.face(items_.wires.strands()[strand].drawn, texts);
    const WireFace& old = items_.wires.strands()[strand].face;
    if (!texts) face.label = old.label;
    if (!texts && old.rate.has_value() == face.rate.has_value()) face.rate = old.rate;
    items_.wires.setFace(strand, face);
}

/// What begins to fail blinks three times, slower than once a second, and is steady then.
void FaceKeeper::blink() {
    for (auto it = blinks_.begin(); it != blinks_.end();) {
        NodeItem* item = items_.nodes.value(it.key());
        const bool over = !item || item->face().status != look::Glyph::failing || --*it <= 0;
        if (item) item->setDark(!over && *it % 2 == 1);
        it = over ? blinks_.erase(it) : std::next(it);
    }
    if (blinks_.isEmpty()) blinkClock_.stop();
}

} // namespace millrace::canvas
