#pragma once

#include "monitor/chart_lines.h"
#include "run/run_history.h"
#include "screens/screen.h"

#include <QStringList>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;

namespace millrace::studio {

class ChartCard;

/// Throughput of components and topics and lag of consumer groups, side by side over one time axis with one crosshair.
/// Asks and draws only while it is visible: what it shows is gathered by the session. GUI thread only.
class MonitorPanel : public Screen {
    Q_OBJECT
public:
    MonitorPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    ~MonitorPanel() override;

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
    void onTheme() override { draw(); }
    void onSnapshot() override { follow(); }
    void onDelta(const GraphDelta& delta) override;
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Asks for what is to be shown, which is drawn when it comes.
    void refresh();
    void draw();
    /// refresh() at the pace of the charts.
    void follow();
    void askLag();
    session::HistoryRequest question(std::size_t lines) const;
    /// What is selected, and what somebody wanted to see alone.
    std::vector<std::string> preferred() const;
    void wantLine(const QString& id);
    void refreshGroups();
    /// Both legends take up as much, so that the plots begin at one height.
    void levelPlots();
    void makeControls();
    const session::GroupKey* chosenGroup() const;

    RunHistory* history_;
    ChartLines lines_;
    ChartCard *throughput_, *lag_;
    QWidget* controls_;
    QComboBox* groupChoice_;
    std::vector<session::GroupKey> groups_; ///< in the order of the choice
    bool groupPicked_ = false;              ///< by the user; until then the first one is shown
    QButtonGroup *windows_, *units_;
    QStringList wanted_;       ///< ids of the session's: lines that somebody wants to see alone, the latest last
    std::int64_t askedMs_ = 0; ///< the moment of the last question
    int minutes_ = 1;
    bool lagInSeconds_ = false;
};

} // namespace millrace::studio
