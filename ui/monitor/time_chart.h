#pragma once

#include <QColor>
#include <QList>
#include <QPointF>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>

namespace millrace::studio {

/// One line of a chart, x in milliseconds, broken where there are no samples.
struct ChartLine {
    QColor colour;
    QList<QList<QPointF>> pieces;
    bool strong = false; ///< drawn wider: its node is selected
};

struct ChartTick {
    double value = 0;
    QString text;
};

/// All that a chart shows at one moment.
struct ChartFrame {
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0; ///< "now": the right edge
    double top = 1;        ///< the axis begins at 0
    QList<ChartTick> ticks;
    QList<ChartLine> lines;
    bool filled = false; ///< a soft area below each line
};

/// Lines over time on a hairline grid. The library behind it is a matter of the implementation. GUI thread only.
class TimeChart : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void display(const ChartFrame& frame) = 0;
    /// A vertical line at a time, in all charts that share it; absent = none.
    virtual void setCrosshair(std::optional<std::int64_t> timeMs) = 0;

signals:
    /// The pointer's time, or absent when it has left.
    void pointed(std::optional<std::int64_t> timeMs);
};

/// Drawn by Qt Charts.
TimeChart* makeTimeChart(QWidget* parent);

} // namespace millrace::studio
