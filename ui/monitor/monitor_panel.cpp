#include "monitor/monitor_panel.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "monitor/chart_card.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace millrace::studio {

namespace {

constexpr std::array kWindows{1, 5, 15, 180}; ///< minutes
constexpr std::size_t kMostLines = 6; ///< more cannot be told apart
constexpr std::size_t kMostPartitionLines = 8;
constexpr qsizetype kMostWanted = 3;
constexpr double kLeastRate = 10, kLeastLag = 10;

QToolButton* segment(QWidget* parent, const QString& name) {
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setProperty("look", "flat");
    button->setCheckable(true);
    return button;
}

} // namespace

MonitorPanel::MonitorPanel(DocumentStore& store, RunController& run, QWidget* parent)
    : Screen(store, run, parent),
      history_(new RunHistory(store, run, this)),
      lines_(store),
      throughput_(new ChartCard(makeTimeChart(this), kLeastRate, false, this)),
      lag_(new ChartCard(makeTimeChart(this), kLeastLag, true, this)),
      controls_(new QWidget(this)),
      groupChoice_(new QComboBox(this)),
      windows_(new QButtonGroup(this)),
      units_(new QButtonGroup(this)) {
    setProperty("look", "panel");
    setAttribute(Qt::WA_StyledBackground);
    throughput_->setObjectName(QStringLiteral("throughput"));
    lag_->setObjectName(QStringLiteral("lag"));
    groupChoice_->setObjectName(QStringLiteral("lagGroup"));
    groupChoice_->hide();
    lag_->titleRow()->insertWidget(2, groupChoice_);
    makeControls();
    // Equal widths whatever the legends need: the two share one time axis.
    for (ChartCard* card : {throughput_, lag_})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    column->addLayout(row, 1);
    row->addWidget(throughput_, 1);
    row->addWidget(lag_, 1);
    keepControls();
    for (ChartCard* card : {throughput_, lag_})
        connect(card->chart(), &TimeChart::pointed, this, [this](std::optional<std::int64_t> timeMs) {
            throughput_->setCrosshair(timeMs);
            lag_->setCrosshair(timeMs);
        });
    for (ChartCard* card : {throughput_, lag_})
        connect(card, &ChartCard::memberWanted, this, &MonitorPanel::wantLine);
    connect(history_, &RunHistory::answered, this, &MonitorPanel::draw);
    // After the history, which is told first because it is older: it knows by then from when on to tell.
    connect(&store, &DocumentStore::changed, this, &MonitorPanel::refresh);
    connect(groupChoice_, &QComboBox::currentIndexChanged, this, &MonitorPanel::refresh);
    connect(groupChoice_, &QComboBox::activated, this, [this] { groupPicked_ = true; });
    retranslate();
}

MonitorPanel::~MonitorPanel() = default;

void MonitorPanel::keepControls() {
    static_cast<QVBoxLayout*>(layout())->insertWidget(0, controls_, 0, Qt::AlignRight);
    controls_->show();
}

void MonitorPanel::makeControls() {
    controls_->setProperty("look", "panel");
    controls_->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(controls_);
    row->setContentsMargins(0, 0, look::measure::kSpace4, 0);
    row->setSpacing(look::measure::kSpace1);
    for (const bool seconds : {false, true}) {
        QToolButton* button = segment(controls_, seconds ? QStringLiteral("lagSeconds") : QStringLiteral("lagRecords"));
        button->setChecked(!seconds);
        units_->addButton(button, seconds ? 1 : 0);
        row->addWidget(button);
    }
    row->addSpacing(look::measure::kSpace4);
    for (const int minutes : kWindows) {
        QToolButton* button = segment(controls_, QStringLiteral("window%1").arg(minutes));
        button->setChecked(minutes == minutes_);
        windows_->addButton(button, minutes);
        row->addWidget(button);
    }
    connect(windows_, &QButtonGroup::idClicked, this, &MonitorPanel::setWindowMinutes);
    connect(units_, &QButtonGroup::idClicked, this, [this](int id) { setLagInSeconds(id == 1); });
}

void MonitorPanel::setWindowMinutes(int minutes) {
    if (std::find(kWindows.begin(), kWindows.end(), minutes) == kWindows.end()) return;
    minutes_ = minutes;
    windows_->button(minutes)->setChecked(true);
    refresh();
}

void MonitorPanel::setLagInSeconds(bool seconds) {
    lagInSeconds_ = seconds;
    units_->button(seconds ? 1 : 0)->setChecked(true);
    retranslate();
}

void MonitorPanel::onDelta(const GraphDelta& delta) {
    if (delta.loaded) wanted_.clear();
}

void MonitorPanel::retranslate() {
    throughput_->setTexts(tr("Throughput"), tr("events / s"), tr("thousand events / s"));
    throughput_->setHint(tr("Run the topology to see how many events each source and sink moves."));
    lag_->setHint(tr("Lag appears here when a consumer group reads from a topic."));
    for (const int minutes : kWindows) {
        auto* button = windows_->button(minutes);
        const bool hours = minutes % 60 == 0;
        const int count = hours ? minutes / 60 : minutes;
        button->setText(hours ? tr("%n h", "window of time of the charts", count)
                              : tr("%n min", "window of time of the charts", count));
        button->setToolTip(hours ? tr("Show the last %n hour(s)", nullptr, count)
                                 : tr("Show the last %n minute(s)", nullptr, count));
    }
    units_->button(0)->setText(tr("Lag in records"));
    units_->button(1)->setText(tr("in seconds"));
    units_->button(1)->setToolTip(tr("How long ago the next record to be read was written"));
    groupChoice_->setAccessibleName(tr("Consumer group"));
    draw();
    refresh();
}

void MonitorPanel::refreshGroups() {
    groups_ = history_->throughput().page.groups;
    // The drawing's own groups come first: whoever else reads the topics is a guest.
    std::stable_partition(groups_.begin(), groups_.end(), [this](const session::GroupKey& key) {
        return std::ranges::any_of(store_.graph().wires, [&key](const topology::Wire& wire) {
            return wire.kind == topology::WireKind::consume && wire.label == key.group;
        });
    });
    QStringList names;
    for (const session::GroupKey& key : groups_)
        names.append(tr("%1 on %2", "a consumer group on a cluster")
                         .arg(QString::fromStdString(key.group), QString::fromStdString(key.cluster)));
    QStringList present;
    for (int i = 0; i < groupChoice_->count(); ++i)
        present.append(groupChoice_->itemText(i));
    if (names != present) {
        const QString chosen = groupPicked_ ? groupChoice_->currentText() : QString();
        const QSignalBlocker quiet(groupChoice_);
        groupChoice_->clear();
        groupChoice_->addItems(names);
        groupChoice_->setCurrentIndex(static_cast<int>(std::max<qsizetype>(0, names.indexOf(chosen))));
    }
    groupChoice_->setVisible(names.size() > 1);
    // Beside the choice its name would stand twice.
    const session::GroupKey* group = groups_.size() == 1 ? &groups_.front() : nullptr;
    const QString title = group ? tr("Lag of group %1").arg(QString::fromStdString(group->group)) : tr("Lag");
    // The unit is that of what is shown: another one that was chosen comes with the next answer.
    const std::string& shown = history_->lag().asked.figure;
    if (shown.empty() ? lagInSeconds_ : shown == session::HistoryRequest::kLagMs)
        lag_->setTexts(title, tr("seconds"), tr("thousand seconds"));
    else
        lag_->setTexts(title, tr("records"), tr("thousand records"));
}

void MonitorPanel::wantLine(const QString& id) {
    wanted_.removeAll(id);
    wanted_.append(id);
    if (wanted_.size() > kMostWanted) wanted_.removeFirst();
    refresh();
}

std::vector<std::string> MonitorPanel::preferred() const {
    std::vector<std::string> ids;
    for (const QString& id : wanted_)
        ids.push_back(id.toStdString());
    for (const QString& id : store_.selection())
        ids.push_back(id.toStdString());
    for (const session::TopicSnapshot& topic : run_.snapshot()->topics) {
        const topology::Node* drawn = store_.graph().topic(topic.cluster, topic.name);
        if (drawn && store_.selection().contains(QString::fromStdString(drawn->id)))
            ids.push_back("topic/" + topic.cluster + '/' + topic.name);
    }
    return ids;
}

session::HistoryRequest MonitorPanel::question(std::size_t lines) const {
    session::HistoryRequest request;
    request.windowMs = minutes_ * 60'000ll;
    request.maxLines = static_cast<std::int64_t>(lines);
    request.prefer = preferred();
    return request;
}

const session::GroupKey* MonitorPanel::chosenGroup() const {
    const auto index = static_cast<std::size_t>(groupChoice_->currentIndex());
    return index < groups_.size() ? &groups_[index] : nullptr;
}

void MonitorPanel::askLag() {
    session::HistoryRequest request = question(kMostPartitionLines);
    request.figure = lagInSeconds_ ? session::HistoryRequest::kLagMs : session::HistoryRequest::kLagRecords;
    if (const session::GroupKey* group = chosenGroup()) {
        request.cluster = group->cluster;
        request.group = group->group;
    }
    history_->askLag(std::move(request));
}

// A chart gains nothing from a frame in which no column of it has changed.
void MonitorPanel::follow() {
    const std::int64_t now = run_.snapshot()->monotonicUs / 1000, pace = std::max(250ll, minutes_ * 60ll);
    if (now < askedMs_ || now - askedMs_ >= pace) refresh();
}

void MonitorPanel::refresh() {
    if (!isVisible()) return;
    askedMs_ = run_.snapshot()->monotonicUs / 1000;
    session::HistoryRequest request = question(kMostLines);
    request.figure = session::HistoryRequest::kThroughput;
    history_->askThroughput(std::move(request));
    askLag();
}

void MonitorPanel::draw() {
    if (!isVisible()) return;
    refreshGroups();
    const auto show = [](ChartCard* card, const RunHistory::Told& told, const QList<CardLine>& lines) {
        card->display(lines, told.page.nowMs - told.asked.windowMs, told.page.nowMs);
    };
    show(throughput_, history_->throughput(), lines_.throughput(history_->throughput().page));
    const session::HistoryRequest& asked = history_->lag().asked;
    const session::GroupKey* group = chosenGroup();
    const bool ofAnother = group && *group != session::GroupKey{asked.cluster, asked.group};
    if (ofAnother) askLag(); // the answer to that is drawn
    else show(lag_, history_->lag(), lines_.lag(history_->lag()));
    levelPlots();
}

void MonitorPanel::levelPlots() {
    const int lines = std::max(throughput_->legendLinesWanted(), lag_->legendLinesWanted());
    throughput_->setLegendLines(lines);
    lag_->setLegendLines(lines);
}

void MonitorPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    levelPlots();
}

void MonitorPanel::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    draw();
    refresh();
}

} // namespace millrace::studio
