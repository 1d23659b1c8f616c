#pragma once

#include "monitor/axis_range.h"
#include "monitor/time_chart.h"

#include <QHash>
#include <QSet>

#include <memory>

class QHBoxLayout;
class QVBoxLayout;
class QLabel;
class QToolButton;

namespace millrace::studio {

class LegendLayout;
class SampleRing;

/// One line of a card: what it is called, and its samples.
struct CardLine {
    QString id;
    QString name;
    QColor colour;
    std::shared_ptr<const SampleRing> samples; ///< never null; kept as long as the line is shown
    bool strong = false;
};

/// A chart under its title line: name, unit, and a legend whose entries switch their line off and on. Under the
/// crosshair the legend tells the values.
class ChartCard : public QWidget {
    Q_OBJECT
public:
    ChartCard(TimeChart* chart, double smallestTop, bool filled, QWidget* parent);

    void setTitle(const QString& title) { setTexts(title, unit_, thousands_); }
    /// The unit as words for one, and for thousands of it when the axis counts in thousands.
    void setTexts(const QString& title, const QString& unit, const QString& thousands);
    void setHint(const QString& whenEmpty);
    /// Draws the lines over [fromMs, toMs].
    void display(const QList<CardLine>& lines, std::int64_t fromMs, std::int64_t toMs);
    TimeChart* chart() { return chart_; }
    void setCrosshair(std::optional<std::int64_t> timeMs);
    /// How many lines below the title its legend asks for: none while there is room beside the title.
    int legendLinesWanted() const;
    /// Cards that share a time axis have the same number: their plots stay level.
    void setLegendLines(int below);
    /// Where a choice belonging to the title stands (the group of the lag chart).
    QHBoxLayout* titleRow() { return titleRow_; }
    int shownLines() const { return shownLines_; }
    double axisTop() const { return axis_.top(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void putLegend(const QList<CardLine>& lines);
    void addEntry(const CardLine& line);
    void switchLine(const QString& id, bool on);
    void fillMore();
    void tellValues(const QList<CardLine>& lines);
    QString tickText(double value, bool thousands) const;

    TimeChart* chart_;
    AxisRange axis_;
    bool filled_;
    QHBoxLayout* titleRow_;
    QVBoxLayout* column_;
    QToolButton* more_; ///< opens what the legend has no room for
    LegendLayout* legend_;
    QLabel *titleLabel_, *unitLabel_, *hint_;
    QHash<QString, QToolButton*> entries_;
    QStringList legendOrder_; ///< ids as they stand
    QSet<QString> hidden_;
    QString unit_, thousands_;
    QList<CardLine> last_;
    std::int64_t lastFromMs_ = 0, lastToMs_ = 0;
    std::optional<std::int64_t> crosshair_;
    int shownLines_ = 0;
    bool legendBelow_ = false; ///< in a row of its own
};

} // namespace millrace::studio
