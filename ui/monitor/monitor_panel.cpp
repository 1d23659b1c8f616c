#include "monitor/monitor_panel.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "monitor/chart_card.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <functional>

namespace millrace::studio {

namespace {

constexpr std::array kWindows{1, 5, 15};
constexpr std::size_t kMostLines = 6; ///< more cannot be told apart
constexpr std::size_t kMostPartitionLines = 8;
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
    connect(history_, &RunHistory::grown, this, &MonitorPanel::follow);
    // After the history, which is told first because it is older: what has another name is there under it by then.
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

void MonitorPanel::retranslate() {
    throughput_->setTexts(tr("Throughput"), tr("events / s"), tr("thousand events / s"));
    throughput_->setHint(tr("Run the topology to see how many events each source and sink moves."));
    lag_->setHint(tr("Lag appears here when a consumer group reads from a topic."));
    for (const int minutes : kWindows) {
        auto* button = windows_->button(minutes);
        button->setText(tr("%n min", "window of time of the charts", minutes));
        button->setToolTip(tr("Show the last %n minute(s)", nullptr, minutes));
    }
    units_->button(0)->setText(tr("Lag in records"));
    units_->button(1)->setText(tr("in seconds"));
    units_->button(1)->setToolTip(tr("How long ago the next record to be read was written"));
    groupChoice_->setAccessibleName(tr("Consumer group"));
    refresh();
}

void MonitorPanel::refreshGroups() {
    groups_ = history_->groups();
    // The drawing's own groups come first: whoever else reads the topics is a guest.
    std::stable_partition(groups_.begin(), groups_.end(), [this](const GroupKey& key) {
        return std::ranges::any_of(store_.graph().wires, [&key](const topology::Wire& wire) {
            return wire.kind == topology::WireKind::consume && wire.label == key.group;
        });
    });
    QStringList names;
    for (const GroupKey& key : groups_)
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
    const GroupKey* group = groups_.size() == 1 ? &groups_.front() : nullptr;
    const QString title = group ? tr("Lag of group %1").arg(QString::fromStdString(group->group)) : tr("Lag");
    if (lagInSeconds_)
        lag_->setTexts(title, tr("seconds"), tr("thousand seconds"));
    else
        lag_->setTexts(title, tr("records"), tr("thousand records"));
}

namespace {

/// The lowest place of the order of colours that no other line has, of `first` and those from `others` on; once given, a
/// line keeps it.
int placeFor(const QString& id, int first, int others, QHash<QString, int>& places) {
    if (const auto found = places.constFind(id); found != places.constEnd()) return *found;
    const QSet<int> taken(places.constBegin(), places.constEnd());
    int place = first;
    while (taken.contains(place))
        place = place < others ? others : place + 1;
    places.insert(id, place);
    return place;
}

QColor colourAt(int place, const QList<QColor>& own) {
    const auto& series = look::colours().series;
    return place < own.size() ? own[place] : series[(place - own.size()) % series.size()];
}

using Rings = std::vector<std::shared_ptr<const SampleRing>>;
enum class Together { sum, longest }; ///< events and records add up, of times the longest counts

/// Lines that are too many to be told apart as one.
std::shared_ptr<const SampleRing> restOf(const Rings& rings, Together together, std::int64_t fromMs,
                                         std::int64_t toMs) {
    auto rest = std::make_shared<SampleRing>(RunHistory::kLagStepMs, RunHistory::kLagCapacity);
    for (std::int64_t time = std::max<std::int64_t>(0, fromMs); time <= toMs; time += RunHistory::kLagStepMs) {
        std::optional<double> value;
        for (const auto& ring : rings)
            if (const auto one = ring->at(time))
                value = together == Together::longest ? std::max(value.value_or(0), *one) : value.value_or(0) + *one;
        rest->put(time, value);
    }
    return rest;
}

struct Candidate {
    const topology::Node* node;
    std::shared_ptr<const SampleRing> samples;
    bool selected;
    double largest;
};

/// What there is no line for leaves `found`, which keeps the file's order so that the legend does not dance.
Rings takeSurplus(std::vector<Candidate>& found) {
    Rings others;
    if (found.size() <= kMostLines) return others;
    // What is selected stays, then the busiest.
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(a.selected, a.largest) > std::pair(b.selected, b.largest);
    });
    for (std::size_t i = kMostLines; i < found.size(); ++i)
        others.push_back(found[i].samples);
    found.resize(kMostLines);
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.node < b.node; });
    return others;
}

/// The first source, sink and topic wear their role's colour, all others a colour of their own.
int firstPlaceOf(topology::NodeKind kind) {
    if (kind == topology::NodeKind::source) return 0;
    return kind == topology::NodeKind::sink ? 1 : 2;
}

} // namespace

QList<CardLine> MonitorPanel::throughputLines(std::int64_t fromMs, std::int64_t toMs) {
    std::vector<Candidate> found;
    for (const topology::Node& node : store_.graph().nodes)
        if (const auto samples = history_->throughput(node.id))
            found.push_back({&node, samples, store_.selection().contains(QString::fromStdString(node.id)),
                             samples->maximum(fromMs, toMs).value_or(0)});
    const Rings others = takeSurplus(found);
    QSet<QString> charted;
    QHash<std::string, int> bearers;
    for (const Candidate& one : found) {
        charted.insert(QString::fromStdString(one.node->id));
        ++bearers[one.node->name];
    }
    placeOf_.removeIf([&](auto it) { return !charted.contains(it.key()); });
    const look::Colours& c = look::colours();
    const QList<QColor> own{c.source, c.sink, c.topic, c.channel};
    QList<CardLine> lines;
    for (const Candidate& one : found) {
        const topology::Node& node = *one.node;
        // Agents that do the same call their parts the same.
        const bool shared = bearers[node.name] > 1 && !node.agent.empty();
        QString name = QString::fromStdString(shared ? node.agent + '/' + node.name : node.name);
        if (node.kind == topology::NodeKind::topic) name = tr("into %1", "line of a chart: events written to a topic").arg(name);
        const QString id = QString::fromStdString(node.id);
        lines.append({id, name, colourAt(placeFor(id, firstPlaceOf(node.kind), 3, placeOf_), own), one.samples,
                      one.selected});
    }
    if (others.empty()) return lines;
    lines.append({QStringLiteral("rest"),
                  tr("%n other(s), together", "components, as one line of a chart", static_cast<int>(others.size())),
                  c.text, restOf(others, Together::sum, fromMs, toMs)});
    return lines;
}

QList<CardLine> MonitorPanel::lagLines(std::int64_t fromMs, std::int64_t toMs) {
    QList<CardLine> lines;
    const int index = groupChoice_->currentIndex();
    if (index < 0 || index >= static_cast<int>(groups_.size())) return lines;
    const GroupLag& partitions = *history_->lag(groups_[static_cast<std::size_t>(index)]);
    const bool severalTopics =
        !partitions.empty() && partitions.begin()->first.topic != partitions.rbegin()->first.topic;
    struct Partition {
        const PartitionKey* key;
        std::shared_ptr<const SampleRing> samples;
        double largest;
    };
    std::vector<Partition> found;
    for (const auto& [key, lag] : partitions) {
        const SharedRing& samples = lagInSeconds_ ? lag.seconds : lag.records;
        found.push_back({&key, samples, samples->maximum(fromMs, toMs).value_or(0)});
    }
    Rings others;
    if (found.size() > kMostPartitionLines) {
        std::ranges::stable_sort(found, std::greater(), &Partition::largest);
        for (std::size_t i = kMostPartitionLines; i < found.size(); ++i)
            others.push_back(found[i].samples);
        found.resize(kMostPartitionLines);
        std::ranges::sort(found, {}, [](const Partition& one) { return *one.key; });
    }
    const look::Colours& c = look::colours();
    const QList<QColor> own{c.channel, c.source, c.sink, c.topic};
    const auto idOf = [](const PartitionKey& key) {
        return QStringLiteral("%1/%2").arg(QString::fromStdString(key.topic)).arg(key.partition);
    };
    QSet<QString> charted;
    for (const Partition& one : found)
        charted.insert(idOf(*one.key));
    partitionPlaceOf_.removeIf([&](auto it) { return !charted.contains(it.key()); });
    for (const Partition& one : found) {
        const QString id = idOf(*one.key), number = QString::number(one.key->partition);
        const QString name = severalTopics
                                 ? tr("%1-%2", "topic and partition").arg(QString::fromStdString(one.key->topic), number)
                                 : number;
        lines.append({id, name, colourAt(placeFor(id, 0, 0, partitionPlaceOf_), own), one.samples});
    }
    if (others.empty()) return lines;
    const auto count = static_cast<int>(others.size());
    lines.append({QStringLiteral("rest"),
                  lagInSeconds_ ? tr("%n other(s), the longest", "partitions, as one line of a chart", count)
                                : tr("%n other(s), together", "partitions, as one line of a chart", count),
                  c.text, restOf(others, lagInSeconds_ ? Together::longest : Together::sum, fromMs, toMs)});
    return lines;
}

// A chart gains nothing from a frame in which no column of it has changed.
void MonitorPanel::follow() {
    const std::int64_t now = history_->nowMs(), pace = std::max<std::int64_t>(RunHistory::kStepMs, minutes_ * 60ll);
    if (drawnMs_ == 0 || now < drawnMs_ || now - drawnMs_ >= pace) refresh();
}

void MonitorPanel::refresh() {
    if (!isVisible()) return;
    refreshGroups();
    const std::int64_t now = history_->nowMs();
    const std::int64_t from = now - minutes_ * 60'000ll;
    drawnMs_ = now;
    throughput_->display(throughputLines(from, now), from, now);
    lag_->display(lagLines(from, now), from, now);
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
    refresh();
}

} // namespace millrace::studio
