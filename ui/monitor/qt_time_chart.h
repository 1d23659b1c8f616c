#pragma once

#include "monitor/time_chart.h"

#include <QChartView>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace millrace::studio {

/// The view inside QtTimeChart: grid, labels and crosshair are painted by ourselves, since Qt Charts has no words such
/// as "now" on an axis and no crosshair.
class ChartCanvas : public QChartView {
    Q_OBJECT
public:
    explicit ChartCanvas(QWidget* parent);
    void display(const ChartFrame& frame);
    void setCrosshair(std::optional<std::int64_t> timeMs);

signals:
    void pointed(std::optional<std::int64_t> timeMs);

protected:
    void drawBackground(QPainter* painter, const QRectF& area) override;
    void drawForeground(QPainter* painter, const QRectF& area) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// Qt Charts draws one unbroken line per series: each piece of a line has its own, kept for the next frame.
    struct Stroke {
        QLineSeries* line = nullptr;
        QAreaSeries* area = nullptr;
    };
    Stroke makeStroke();
    void put(Stroke& stroke, const ChartLine& line, const QList<QPointF>& points);
    void placePlot();
    void takeColours();
    QString timeText(int seconds) const;

    ChartFrame frame_;
    std::optional<std::int64_t> crosshair_;
    QValueAxis* time_;
    QValueAxis* value_;
    QList<Stroke> strokes_;
};

class QtTimeChart final : public TimeChart {
    Q_OBJECT
public:
    explicit QtTimeChart(QWidget* parent);
    void display(const ChartFrame& frame) override { canvas_->display(frame); }
    void setCrosshair(std::optional<std::int64_t> timeMs) override { canvas_->setCrosshair(timeMs); }

private:
    ChartCanvas* canvas_;
};

} // namespace millrace::studio
