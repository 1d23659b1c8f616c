#include "monitor/qt_time_chart.h"

#include "look/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <QValueAxis>

#include <cmath>

namespace millrace::studio {

namespace {
constexpr double kLeft = 44, kRight = 24, kTop = 8, kBottom = 24;
constexpr float kFill = 0.13F;
constexpr double kLineWidth = 1.8, kStrongWidth = 2.8;
constexpr int kSmoothLines = 4; ///< above it anti-aliasing and areas cost more than they show
constexpr int kTimeSteps = 4;
} // namespace

ChartCanvas::ChartCanvas(QWidget* parent)
    : QChartView(new QChart, parent), time_(new QValueAxis(this)), value_(new QValueAxis(this)) {
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setMinimumHeight(80);
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    for (QValueAxis* axis : {time_, value_}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
        axis->setGridLineVisible(false);
    }
    chart()->setBackgroundVisible(false);
    chart()->addAxis(time_, Qt::AlignBottom);
    chart()->addAxis(value_, Qt::AlignLeft);
    takeColours();
    connect(&look::Theme::instance(), &look::Theme::changed, this, &ChartCanvas::takeColours);
}

void ChartCanvas::takeColours() {
    setBackgroundBrush(look::colours().panel);
    viewport()->update();
}

ChartCanvas::Stroke ChartCanvas::makeStroke() {
    Stroke stroke;
    stroke.area = new QAreaSeries;
    stroke.area->setUpperSeries(new QLineSeries(stroke.area));
    stroke.area->setPen(Qt::NoPen);
    stroke.line = new QLineSeries;
    for (QAbstractSeries* series :
         {static_cast<QAbstractSeries*>(stroke.area), static_cast<QAbstractSeries*>(stroke.line)}) {
        chart()->addSeries(series);
        series->attachAxis(time_);
        series->attachAxis(value_);
    }
    return stroke;
}

void ChartCanvas::put(Stroke& stroke, const ChartLine& line, const QList<QPointF>& points) {
    const QPen pen(line.colour, line.strong ? kStrongWidth : kLineWidth);
    if (stroke.line->pen() != pen) stroke.line->setPen(pen);
    stroke.line->replace(points);
    stroke.line->setVisible(true);
    stroke.area->setVisible(frame_.filled);
    if (!frame_.filled) return;
    QColor soft = line.colour;
    soft.setAlphaF(kFill);
    if (stroke.area->brush().color() != soft) stroke.area->setBrush(soft);
    stroke.area->upperSeries()->replace(points);
}

void ChartCanvas::display(const ChartFrame& frame) {
    frame_ = frame;
    const bool few = frame.lines.size() <= kSmoothLines;
    frame_.filled = frame.filled && few;
    qsizetype used = 0;
    for (const ChartLine& line : frame.lines) {
        for (const QList<QPointF>& piece : line.pieces) {
            if (used == strokes_.size()) strokes_.append(makeStroke());
            QList<QPointF> points = piece;
            // Seconds before now: the axis then stays as it is from frame to frame.
            for (QPointF& point : points)
                point.setX((point.x() - static_cast<double>(frame.toMs)) / 1000);
            put(strokes_[used++], line, points);
        }
    }
    for (qsizetype i = used; i < strokes_.size(); ++i) {
        strokes_[i].line->setVisible(false);
        strokes_[i].area->setVisible(false);
    }
    setRenderHint(QPainter::Antialiasing, few);
    time_->setRange(static_cast<double>(frame.fromMs - frame.toMs) / 1000, 0);
    if (value_->max() != frame.top || value_->min() != 0) value_->setRange(0, frame.top);
    viewport()->update();
}

void ChartCanvas::setCrosshair(std::optional<std::int64_t> timeMs) {
    if (crosshair_ == timeMs) return;
    crosshair_ = timeMs;
    viewport()->update();
}

void ChartCanvas::placePlot() {
    chart()->setPlotArea(QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kBottom));
}

void ChartCanvas::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    placePlot();
}

QString ChartCanvas::timeText(int seconds) const {
    if (seconds == 0) return tr("now");
    const QString minus(QChar(0x2212));
    if (seconds % 60 == 0 && seconds > 60) return tr("%1%2 min").arg(minus).arg(seconds / 60);
    return tr("%1%2 s").arg(minus).arg(seconds);
}

void ChartCanvas::drawBackground(QPainter* painter, const QRectF& area) {
    QChartView::drawBackground(painter, area);
    const QRectF plot = chart()->plotArea();
    painter->setPen(QPen(look::colours().line, 1));
    for (const ChartTick& tick : std::as_const(frame_.ticks)) {
        const double y = std::round(plot.bottom() - tick.value / frame_.top * plot.height()) + 0.5;
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

void ChartCanvas::drawForeground(QPainter* painter, const QRectF&) {
    const look::Colours& c = look::colours();
    const QRectF plot = chart()->plotArea();
    painter->save();
    painter->setFont(look::figureFont(0.88, QFont::Normal));
    painter->setPen(c.second);
    for (const ChartTick& tick : frame_.ticks) {
        const double y = plot.bottom() - tick.value / frame_.top * plot.height();
        painter->drawText(QRectF(plot.left() - 64, y - 9, 56, 18), Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
    const auto span = static_cast<int>((frame_.toMs - frame_.fromMs) / 1000);
    for (int i = 0; span > 0 && i <= kTimeSteps; ++i) {
        const double x = plot.left() + plot.width() * i / kTimeSteps;
        painter->drawText(QRectF(x - 40, plot.bottom() + 5, 80, 18), Qt::AlignHCenter | Qt::AlignTop,
                          timeText(span - span * i / kTimeSteps));
    }
    if (crosshair_ && span > 0) {
        const double part = static_cast<double>(*crosshair_ - frame_.fromMs) / 1000 / span;
        const double x = std::round(plot.left() + part * plot.width()) + 0.5;
        painter->setPen(QPen(c.faint, 1, Qt::DashLine));
        if (part >= 0 && part <= 1) painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    painter->restore();
}

void ChartCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QRectF plot = chart()->plotArea();
    const double part = (event->position().x() - plot.left()) / qMax(1.0, plot.width());
    if (part < 0 || part > 1 || frame_.toMs <= frame_.fromMs)
        emit pointed({});
    else
        emit pointed(frame_.fromMs +
                     static_cast<std::int64_t>(part * static_cast<double>(frame_.toMs - frame_.fromMs)));
    QChartView::mouseMoveEvent(event);
}

void ChartCanvas::leaveEvent(QEvent* event) {
    emit pointed({});
    QChartView::leaveEvent(event);
}

void ChartCanvas::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) viewport()->update();
}

QtTimeChart::QtTimeChart(QWidget* parent) : TimeChart(parent), canvas_(new ChartCanvas(this)) {
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(canvas_);
    connect(canvas_, &ChartCanvas::pointed, this, &TimeChart::pointed);
}

TimeChart* makeTimeChart(QWidget* parent) {
    return new QtTimeChart(parent);
}

} // namespace millrace::studio
