#pragma once

#include "run/run_history.h"
#include "screens/screen.h"

#include <QColor>
#include <QHash>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;

namespace millrace::studio {

class ChartCard;
struct CardLine;

/// Throughput of components and topics and lag of consumer groups, side by side over one time axis with one crosshair. Draws only
/// while it is visible. GUI thread only.
class MonitorPanel : public Screen {
    Q_OBJECT
public:
    MonitorPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    ~MonitorPanel() override;

    RunHistory& history() { return *history_; }
    ChartCard* throughputCard() { return throughput_; }
    ChartCard* lagCard() { return lag_; }
    /// Window of time and unit of lag, for the corner of the tab bar. Owned by the panel until it is given a parent.
    QWidget* controls() override { return controls_; }
    /// Takes them back: a row above the charts, for where the tab bar has no room.
    void keepControls() override;
    int windowMinutes() const { return minutes_; }
    void setWindowMinutes(int minutes);
    void setLagInSeconds(bool seconds);

protected:
    void onSelection() override { refresh(); }
    void onTheme() override { refresh(); }
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    /// refresh() at the pace of the charts.
    void follow();
    void refreshGroups();
    /// Both legends take up as much, so that the plots begin at one height.
    void levelPlots();
    void makeControls();
    /// The busiest components and topics in [fromMs, toMs], what is selected first, and the others as one line.
    QList<CardLine> throughputLines(std::int64_t fromMs, std::int64_t toMs);
    /// The partitions with the largest lag in [fromMs, toMs], and the others as one line.
    QList<CardLine> lagLines(std::int64_t fromMs, std::int64_t toMs);

    RunHistory* history_;
    ChartCard *throughput_, *lag_;
    QWidget* controls_;
    QComboBox* groupChoice_;
    std::vector<GroupKey> groups_; ///< in the order of the choice
    bool groupPicked_ = false;     ///< by the user; until then the first one is shown
    QButtonGroup *windows_, *units_;
    /// Node id, or topic and partition → place in the order of colours, kept while it is charted.
    QHash<QString, int> placeOf_, partitionPlaceOf_;
    std::int64_t drawnMs_ = 0; ///< the moment that is shown
    int minutes_ = 1;
    bool lagInSeconds_ = false;
};

} // namespace millrace::studio
