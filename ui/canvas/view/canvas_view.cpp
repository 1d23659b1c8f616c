#include "canvas/view/canvas_view.h"

#include "canvas/paint/paper_painter.h"
#include "canvas/scene/picture_exporter.h"
#include "canvas/view/canvas_hint.h"
#include "canvas/view/peek_card.h"
#include "canvas/view/rename_editor.h"
#include "canvas/view/zoom_pill.h"
#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

using namespace std::chrono_literals;

constexpr double kLeastZoom = 0.05, kMostZoom = 4, kButtonStep = 1.25;
constexpr double kLeastFit = 0.005; // everything is shown, however much it is
constexpr double kEaseSeconds = 0.12;
constexpr int kFrameMs = 16, kGlideMs = 250;
constexpr double kPaper = 100'000; // half the side of the plane one can pan over
constexpr int kFitMargin = 24, kEdgeBand = 40, kEdgeSpeed = 20;

} // namespace

CanvasView::CanvasView(studio::DocumentStore& store, studio::RunController* run, QWidget* parent)
    : QGraphicsView(parent),
      store_(store),
      run_(run),
      scene_(new CanvasScene(store, run, this)),
      commands_(new CanvasCommands(store, run, *scene_, this)),
      clipboard_(new Clipboard(store, *scene_, *commands_, this)),
      pill_(new ZoomPill(this)),
      hint_(new CanvasHint(viewport())),
      rename_(new RenameEditor(viewport())) {
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Drawing of the topology"));
    setScene(scene_);
    setSceneRect(-kPaper, -kPaper, 2 * kPaper, 2 * kPaper);
    setFrameShape(StyledPanel);
    showFocusRing();
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(MinimalViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setAttribute(Qt::WA_AcceptTouchEvents, false);

    connect(pill_, &ZoomPill::zoomIn, this, &CanvasView::zoomIn);
    connect(pill_, &ZoomPill::zoomOut, this, &CanvasView::zoomOut);
    connect(pill_, &ZoomPill::zoomFit, this, &CanvasView::zoomFit);
    connect(&clock_, &QTimer::timeout, this, &CanvasView::tick);
    clock_.setParent(this);
    clock_.setTimerType(Qt::PreciseTimer);
    swell_.setSingleShot(true);
    connect(&swell_, &QTimer::timeout, this, [this] { scene_->wires().setSwollen(joining_); });
    glide_.setStartValue(0.0);
    glide_.setEndValue(1.0);
    glide_.setDuration(kGlideMs);
    glide_.setEasingCurve(QEasingCurve::OutCubic);
    connect(&glide_, &QVariantAnimation::finished, scene_, &CanvasScene::showAsWritten);
    connect(&store_, &studio::DocumentStore::pathChanged, this, [this] {
        placed_ = false;
        if (isVisible()) zoomFit();
    });
    connect(&store_, &studio::DocumentStore::revealRequested, this, &CanvasView::revealNode);
    connect(scene_, &CanvasScene::rebuilt, this, [this] {
        // A gesture that was going on when the document changed under it has lost its ground.
        if (tool_) endTool(false, pointerAt(lastView_, {}));
        leaveMode();
        menuTarget_.reset();
        glide_.stop();
        previewJoin(-1);
        const bool empty = store_.graph().nodes.empty();
        if (std::exchange(invites_, empty) != empty) viewport()->update();
    });
    connect(scene_, &CanvasScene::rebuilt, this, &CanvasView::targetChanged);
    connect(&store_, &studio::DocumentStore::selectionChanged, this, [this] {
        menuTarget_.reset();
        emit targetChanged();
    });
    connect(&look::Theme::instance(), &look::Theme::changed, this, [this] {
        showFocusRing();
        viewport()->update();
        windClock();
    });
    if (run_) {
        connect(run_, &studio::RunController::snapshotChanged, this, &CanvasView::windClock);
        connect(run_, &studio::RunController::phaseChanged, this, &CanvasView::windClock);
        connect(run_, &studio::RunController::phaseChanged, this, &CanvasView::targetChanged);
    }
    connect(this, &CanvasView::peekRequested, this, &CanvasView::showPeek);
    pill_->showZoom(1);
}

CanvasView::~CanvasView() {
    tool_.reset();
    mode_.reset();
    delete rename_; // as a child it would lose the focus, and rename, when the view is no view any more
}

void CanvasView::showFocusRing() {
    const look::Colours& c = look::colours();
    const QColor ring = hasFocus() && focusByKey_ ? c.accent : c.canvas;
    const QString style = QStringLiteral("QGraphicsView { border: 2px solid %1; }").arg(ring.name());
    if (style != styleSheet()) setStyleSheet(style);
}

void CanvasView::focusInEvent(QFocusEvent* event) {
    QGraphicsView::focusInEvent(event);
    // Who clicks knows where they are; a window that comes back to the front changes nothing.
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        focusByKey_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    showFocusRing();
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    QGraphicsView::focusOutEvent(event);
    showFocusRing();
    holdSpace(false); // its release will go elsewhere
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) leaveMode();
}

void CanvasView::setZoom(double zoom, const QPointF& sceneAnchor, const QPointF& viewAnchor) {
    applyScale(std::clamp(zoom, kLeastZoom, kMostZoom), sceneAnchor, viewAnchor);
}

void CanvasView::applyScale(double zoom, const QPointF& sceneAnchor, const QPointF& viewAnchor) {
    showsAll_ = false;
    const bool changed = !qFuzzyCompare(zoom, transform().m11());
    if (changed) setTransform(QTransform::fromScale(zoom, zoom));
    const QPointF middle = QRectF(viewport()->rect()).center();
    centerOn(sceneAnchor + (middle - viewAnchor) / zoom);
    if (!changed) return;
    pill_->showZoom(zoom);
    windClock();
    emit zoomChanged(zoom);
}

void CanvasView::zoomTowards(double factor, const QPointF& viewAnchor) {
    // The pointer's place stays the same for the whole gesture, however many notches it has.
    if (!zooming_ || viewAnchor != zoomView_) {
        zoomView_ = viewAnchor;
        zoomScene_ = mapToScene(viewAnchor.toPoint());
    }
    if (!zooming_) zoomTarget_ = zoom();
    zoomTarget_ = std::clamp(zoomTarget_ * factor, std::min(kLeastZoom, zoom()), kMostZoom);
    if (look::Theme::instance().reducedMotion()) {
        applyScale(zoomTarget_, zoomScene_, zoomView_);
        return;
    }
    zooming_ = true;
    windClock();
}

void CanvasView::applyZoom() {
    const double seconds = static_cast<double>(sinceTick_.isValid() ? sinceTick_.elapsed() : kFrameMs) / 1000;
    // Ease out: most of the way at first. In logarithms, so that in and out feel alike.
    const double share = 1 - std::exp(-3 * seconds / kEaseSeconds);
    double next = zoom() * std::pow(zoomTarget_ / zoom(), share);
    if (std::abs(std::log(zoomTarget_ / next)) < 0.004) {
        next = zoomTarget_;
        zooming_ = false;
    }
    applyScale(next, zoomScene_, zoomView_);
}

void CanvasView::zoomIn() {
    zoomTowards(kButtonStep, QRectF(viewport()->rect()).center());
}

void CanvasView::zoomOut() {
    zoomTowards(1 / kButtonStep, QRectF(viewport()->rect()).center());
}

void CanvasView::zoomActual() {
    const QPointF centre = QRectF(viewport()->rect()).center();
    zooming_ = false;
    setZoom(1, mapToScene(centre.toPoint()), centre);
}

void CanvasView::zoomFit() {
    const QRectF content = scene_->contentBounds();
    zooming_ = false;
    const QRectF room = QRectF(viewport()->rect()).adjusted(kFitMargin, kFitMargin, -kFitMargin, -kFitMargin);
    if (room.width() < 10 || room.height() < 10) return;
    placed_ = true;
    if (content.isEmpty()) return setZoom(1, {}, QRectF(viewport()->rect()).center());
    const double zoom = std::min({room.width() / content.width(), room.height() / content.height(), 1.0});
    applyScale(std::max(zoom, kLeastFit), content.center(), room.center());
    showsAll_ = true;
}

void CanvasView::panBy(const QPoint& pixels) {
    showsAll_ = false;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - pixels.y());
}

void CanvasView::revealNode(const QString& id) {
    QRectF rect;
    if (const NodeItem* item = scene_->node(id)) rect = item->rect();
    else if (const FrameItem* frame = scene_->frame(id)) rect = frame->rect();
    if (rect.isNull()) return;
    const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
    if (!seen.contains(rect)) centerOn(rect.center());
    store_.select({id});
}

bool CanvasView::dotsMove() const {
    if (!isVisible() || look::Theme::instance().reducedMotion()) return false;
    const Detail detail = detailAt(zoom());
    return (detail == Detail::full || detail == Detail::names) && scene_->live().running() && scene_->wires().moves();
}

void CanvasView::glideFrom(const QHash<QString, QPointF>& places) {
    if (!isVisible() || look::Theme::instance().reducedMotion()) return;
    const QHash<QString, QPointF> ends = scene_->places();
    QHash<QString, QLineF> ways;
    for (auto it = ends.begin(); it != ends.end(); ++it) {
        const auto start = places.constFind(it.key());
        if (start != places.constEnd() && *start != *it) ways.insert(it.key(), QLineF(*start, *it));
    }
    if (ways.isEmpty()) return;
    const auto show = [this, ways](double share) {
        QHash<QString, QPointF> now;
        for (auto it = ways.begin(); it != ways.end(); ++it)
            now.insert(it.key(), it->pointAt(share));
        scene_->showAt(now);
    };
    glide_.disconnect(this);
    connect(&glide_, &QVariantAnimation::valueChanged, this, [show](const QVariant& value) { show(value.toDouble()); });
    show(0);
    glide_.start();
}

void CanvasView::endGlide() {
    if (glide_.state() != QAbstractAnimation::Running) return;
    glide_.stop();
    scene_->showAsWritten();
}

void CanvasView::windClock() {
    const bool moving = dotsMove();
    const bool edge = tool_ && tool_->pansAtTheEdge();
    // With all nodes in view each of them changes: one whole painting costs less than thousands of pieces.
    const bool overview =
        isVisible() && scene_->live().running() && detailAt(zoom()) >= Detail::silhouette;
    const ViewportUpdateMode mode = moving || overview ? FullViewportUpdate : MinimalViewportUpdate;
    if (viewportUpdateMode() != mode) setViewportUpdateMode(mode);
    if (!moving && !zooming_ && !edge) {
        clock_.stop();
        sinceTick_.invalidate();
        return;
    }
    // Dots alone may take a quarter of the thread at most; a gesture gets every frame.
    const int restful = std::clamp(static_cast<int>(paintMs_ * 4), kFrameMs, 100);
    const int every = zooming_ || edge ? kFrameMs : restful;
    if (!clock_.isActive()) clock_.start(every);
    else if (std::abs(clock_.interval() - every) > 4) clock_.setInterval(every);
}

void CanvasView::tick() {
    const double seconds = std::min(0.1, static_cast<double>(sinceTick_.isValid() ? sinceTick_.elapsed() : kFrameMs) / 1000);
    if (zooming_) applyZoom();
    if (tool_ && tool_->pansAtTheEdge()) edgePan();
    if (dotsMove() && scene_->wires().advance(seconds)) viewport()->update();
    sinceTick_.start();
    windClock();
}

void CanvasView::edgePan() {
    const QRect all = viewport()->rect();
    const auto push = [](int distance) {
        return distance >= kEdgeBand ? 0 : kEdgeSpeed * (kEdgeBand - std::max(0, distance)) / kEdgeBand;
    };
    const QPoint by(push(lastView_.x() - all.left()) - push(all.right() - lastView_.x()),
                    push(lastView_.y() - all.top()) - push(all.bottom() - lastView_.y()));
    if (by.isNull()) return;
    panBy(by);
    tool_->move(pointerAt(lastView_, QGuiApplication::keyboardModifiers()));
}

void CanvasView::drawBackground(QPainter* painter, const QRectF& rect) {
    paintPaper(*painter, rect, zoom());
}

void CanvasView::drawForeground(QPainter* painter, const QRectF&) {
    if (invites_) {
        painter->save();
        painter->setWorldTransform({});
        painter->setPen(look::colours().second);
        painter->setFont(look::drawingFont(14));
        painter->drawText(viewport()->rect(), Qt::AlignCenter,
                          tr("Drag a source from the left onto the paper,\nor press Tab to add anything."));
        painter->restore();
    }
    if (tool_) tool_->paint(*painter, zoom());
    if (mode_) mode_->paint(*painter, zoom());
}

void CanvasView::paintEvent(QPaintEvent* event) {
    ++paints_;
    QElapsedTimer time;
    time.start();
    QGraphicsView::paintEvent(event);
    paintMs_ = 0.8 * paintMs_ + 0.2 * static_cast<double>(time.nsecsElapsed()) / 1e6;
}

void CanvasView::placeOverlays() {
    pill_->move(look::measure::kSpace4, height() - pill_->height() - look::measure::kSpace4);
    pill_->raise();
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    // Who sees everything goes on seeing everything; else what was in the middle stays in the middle.
    const QSize old = event->oldSize();
    const QPointF centre = old.isValid() ? mapToScene(QRect(QPoint(), old).center()) : QPointF();
    QGraphicsView::resizeEvent(event);
    if (!placed_ || showsAll_) zoomFit();
    else if (old.isValid()) centerOn(centre);
    placeOverlays();
}

void CanvasView::showEvent(QShowEvent* event) {
    QGraphicsView::showEvent(event);
    if (!placed_) zoomFit();
    windClock();
}

void CanvasView::hideEvent(QHideEvent* event) {
    QGraphicsView::hideEvent(event);
    windClock();
}

void CanvasView::changeEvent(QEvent* event) {
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) scene_->restyle();
}

void CanvasView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    placeRename();
}

void CanvasView::showHint(const QString& text, const QPoint& at, Hint kind) {
    hint_->say(text, at, kind);
}

bool CanvasView::exportPicture(const QString& path, QString* error) {
    const QString why = PictureExporter(*scene_, scene_->contentBounds()).write(path);
    if (error) *error = why;
    return why.isEmpty();
}

void CanvasView::showPeek(const QString& tapId, const QPoint& global) {
    if (!run_ || tapId.isEmpty() || run_->phase() == studio::RunController::Phase::stopped ||
        !run_->session().capabilities().has<session::TapRequest>())
        return;
    if (peek_) peek_->close();
    peek_ = new PeekCard(*run_, tapId, this);
    connect(&store_, &studio::DocumentStore::changed, peek_, [card = peek_](const topology::Edit& edit) {
        if (edit.replacements.empty()) card->close(); // another document
    });
    connect(peek_, &QObject::destroyed, this, [this, card = peek_] {
        if (peek_ == card) peek_ = nullptr;
    });
    const QPoint at = mapFromGlobal(global) + QPoint(12, 12);
    peek_->move(std::clamp(at.x(), 8, std::max(8, width() - peek_->width() - 8)),
                std::clamp(at.y(), 8, std::max(8, height() - peek_->height() - 8)));
    peek_->show();
}

} // namespace millrace::canvas
