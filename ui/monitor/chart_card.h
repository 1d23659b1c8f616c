#pragma once

#include "monitor/axis_range.h"
#include "monitor/chart_samples.h"
#include "monitor/time_chart.h"

#include <QHash>
#include <QSet>

class QHBoxLayout;
class QVBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace millrace::studio {

class LegendLayout;

/// One line of a card: what it is called, and its samples.
struct CardLine {
    QString id;
    QString name;
    QColor colour;
    ChartSamples samples;
    bool strong = false;
    struct Member {
        QString id, name;
    };
    QList<Member> members; ///< of several that share the line: those that may be asked for one by one
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

signals:
    void memberWanted(const QString& id); ///< it is to get a line of its own

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void putLegend(const QList<CardLine>& lines);
    void addEntry(const CardLine& line);
    void switchLine(const QString& id, bool on);
    void fillMore();
    /// Puts the members of a line into the menu of its entry.
    void fillMembers(const QString& lineId, QMenu* menu);
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
