#include "inspector/live_page.h"

#include "document/document_store.h"
#include "words/messages.h"
#include "run/run_controller.h"
#include "inspector/figure_table.h"
#include "words/node_words.h"
#include "words/state_words.h"
#include "look/numbers.h"
#include "look/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::studio {

namespace {

const QString kNone(QChar(0x2013));

QString rateText(const std::optional<double>& perSecond) {
    return perSecond ? look::rate(*perSecond) : kNone;
}

/// Flume counts the moments of start and stop too, in milliseconds since 1970.
QString counterText(const session::Counter& counter) {
    if (counter.name != "StartTime" && counter.name != "StopTime") return look::exact(counter.value);
    if (counter.value == 0) return kNone;
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(counter.value).time(), QStringLiteral("HH:mm:ss"));
}

} // namespace

LivePage::LivePage(DocumentStore& store, RunController& run, QWidget* parent)
    : QWidget(parent),
      store_(store),
      run_(run),
      hint_(new QLabel(this)),
      failure_(new QLabel(this)),
      countersCaption_(new QLabel(this)),
      figures_(new FigureTable(this)),
      counters_(new FigureTable(this)) {
    hint_->setProperty("look", "second");
    hint_->setWordWrap(true);
    failure_->setObjectName(QStringLiteral("lastFailure"));
    failure_->setProperty("look", "problem");
    failure_->setWordWrap(true);
    failure_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    countersCaption_->setProperty("look", "group");
    auto* body = new QWidget;
    auto* box = new QVBoxLayout(body);
    box->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, look::measure::kSpace4);
    box->setSpacing(look::measure::kSpace2);
    for (QWidget* widget : {static_cast<QWidget*>(hint_), static_cast<QWidget*>(failure_),
                            static_cast<QWidget*>(figures_)})
        box->addWidget(widget);
    box->addSpacing(look::measure::kSpace3);
    box->addWidget(countersCaption_);
    box->addWidget(counters_);
    box->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&run, &RunController::snapshotChanged, this, &LivePage::refresh);
    connect(&run, &RunController::phaseChanged, this, &LivePage::refresh);
    connect(&store, &DocumentStore::selectionChanged, this, &LivePage::refresh);
    refresh();
}

void LivePage::refresh() {
    if (!isVisible()) return;
    const topology::Node* node = store_.selectedNode();
    Content content;
    if (run_.phase() == RunController::Phase::stopped)
        content.hint = tr("Press Run to see live figures here.");
    else if (!node)
        content.hint = tr("Select one node to see its live figures.");
    else if (node->kind == topology::NodeKind::topic)
        content = ofTopic(*node);
    else if (node->kind == topology::NodeKind::cluster)
        content = ofCluster(*node);
    else
        content = ofComponent(*node);
    display(content);
}

namespace {

/// Shown exactly while it says something; hiding what stays would take the focus from it.
void tell(QLabel* label, const QString& text) {
    if (label->text() != text) label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

void LivePage::display(const Content& content) {
    tell(hint_, content.hint);
    tell(failure_, content.failure);
    figures_->setRows(content.figures);
    counters_->setRows(content.counters);
    tell(countersCaption_, content.counters.isEmpty() ? QString() : content.countersCaption);
}

LivePage::Content LivePage::ofComponent(const topology::Node& node) const {
    const session::NodeSnapshot* live = run_.node(QString::fromStdString(node.id));
    Content content;
    if (!live) {
        content.hint = tr("Nothing is known about this node at the moment.");
        return content;
    }
    const NodeRates rates = run_.rates(QString::fromStdString(node.id));
    QList<FigureTable::Row> rows{{tr("State"), stateText(live->state)}};
    if (live->in) rows.append({tr("Events in per second"), rateText(rates.inPerSecond)});
    if (live->out) rows.append({tr("Events out per second"), rateText(rates.outPerSecond)});
    if (live->in) rows.append({tr("Events in"), look::exact(*live->in)});
    if (live->out) rows.append({tr("Events out"), look::exact(*live->out)});
    if (live->level) {
        const auto& level = *live->level;
        rows.append({tr("Events waiting"), look::exact(level.events)});
        if (level.capacity > 0) {
            rows.append({tr("Capacity"), look::exact(level.capacity)});
            rows.append(
                {tr("Filled"), look::percent(static_cast<double>(level.events) / static_cast<double>(level.capacity))});
        }
        rows.append({tr("Bytes waiting"), look::bytes(level.bytes)});
    }
    if (live->failuresInRow > 0) rows.append({tr("Failures in a row"), look::exact(live->failuresInRow)});
    content.figures = rows;
    if (!live->message.empty()) content.failure = messageOf(*live);
    for (const session::Counter& counter : live->counters)
        content.counters.append({QString::fromStdString(counter.name), counterText(counter)});
    content.countersCaption = tr("Counters since the start");
    return content;
}

LivePage::Content LivePage::ofTopic(const topology::Node& node) const {
    const std::string cluster = node.valueOr("cluster"), name = topology::topicName(node);
    const auto snapshot = run_.snapshot();
    QList<FigureTable::Row> rows;
    for (const session::TopicSnapshot& topic : snapshot->topics) {
        if (topic.cluster != cluster || topic.name != name) continue;
        std::int64_t records = 0, size = 0;
        bool sized = !topic.partitions.empty();
        for (const session::PartitionSnapshot& partition : topic.partitions) {
            records += partition.logEnd - partition.logStart;
            sized &= partition.bytes.has_value();
            size += partition.bytes.value_or(0);
        }
        rows.append({tr("Records per second"),
                     rateText(run_.topicRate(QString::fromStdString(cluster + '/' + name)))});
        rows.append({tr("Records"), look::exact(records)});
        rows.append({tr("Size"), sized ? look::bytes(size) : kNone});
        for (const session::PartitionSnapshot& partition : topic.partitions)
            rows.append(
                {tr("Partition %1: first and next offset").arg(partition.id),
                 tr("%1 to %2", "offsets").arg(look::exact(partition.logStart), look::exact(partition.logEnd))});
    }
    Content content;
    content.figures = rows;
    for (const session::GroupSnapshot& group : snapshot->groups) {
        if (group.cluster != cluster) continue;
        for (const session::GroupOffset& offset : group.offsets) {
            if (offset.topic != name) continue;
            QString lag = kNone;
            if (const auto behind = recordsBehind(offset)) {
                lag = offset.lagMs ? tr("%1 · %2", "lag in records, then as time")
                                         .arg(look::count(*behind), look::duration(*offset.lagMs))
                                   : look::count(*behind);
            }
            content.counters.append(
                {tr("Group %1, partition %2").arg(QString::fromStdString(group.id)).arg(offset.partition), lag});
        }
    }
    content.countersCaption = tr("Lag of consumer groups");
    return content;
}

LivePage::Content LivePage::ofCluster(const topology::Node& node) const {
    Content content;
    for (const session::ClusterSnapshot& cluster : run_.snapshot()->clusters) {
        if (cluster.id != node.name) continue;
        QList<FigureTable::Row> rows{{tr("State"), stateText(cluster.state)},
                                     {tr("Address"), QString::fromStdString(cluster.address)}};
        if (cluster.embedded) rows.append({tr("Connections"), look::exact(cluster.connections)});
        content.figures = rows;
        if (!cluster.message.empty()) content.failure = messageOf(cluster);
    }
    for (const session::GroupSnapshot& group : run_.snapshot()->groups)
        if (group.cluster == node.name)
            content.counters.append({tr("Group %1").arg(QString::fromStdString(group.id)),
                           tr("%n member(s)", nullptr, static_cast<int>(group.members))});
    content.countersCaption = tr("Consumer groups");
    return content;
}

void LivePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void LivePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
