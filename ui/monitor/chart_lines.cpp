#include "monitor/chart_lines.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "monitor/monitor_panel.h"
#include "session/node_ids.h"
#include "words/node_words.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

namespace millrace::studio {

namespace {

/// The lowest place of the order of colours that no other line has, of `first` and those from `others` on; once given,
/// a line keeps it.
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

/// The first source, sink and topic wear their role's colour, all others a colour of their own.
int firstPlaceOf(topology::NodeKind kind) {
    if (kind == topology::NodeKind::source) return 0;
    return kind == topology::NodeKind::sink ? 1 : 2;
}

/// The node of the drawing that the session's id means; null when there is none.
const topology::Node* drawnNode(const topology::Graph& graph, const std::string& id) {
    const auto topic = session::topicOf(id);
    return topic ? graph.topic(topic->cluster, topic->topic) : graph.find(id);
}

/// "t/3".
struct PartitionId {
    QString topic;
    int partition;
    explicit PartitionId(const std::string& id)
        : topic(QString::fromStdString(id).section(QLatin1Char('/'), 0, -2)),
          partition(nameInId(QString::fromStdString(id)).toInt()) {}
    QString name(bool severalTopics) const {
        const QString number = QString::number(partition);
        return severalTopics ? MonitorPanel::tr("%1-%2", "topic and partition").arg(topic, number) : number;
    }
    bool operator<(const PartitionId& other) const {
        return std::tie(topic, partition) < std::tie(other.topic, other.partition);
    }
};

} // namespace

QString ChartLines::nameOf(const std::string& id, bool shared) const {
    const topology::Node* node = drawnNode(store_.graph(), id);
    const auto topic = session::topicOf(id);
    QString name = QString::fromStdString(node ? node->name : topic ? topic->topic : id);
    // Agents that do the same call their parts the same.
    if (node && shared && !node->agent.empty()) name = QString::fromStdString(node->agent + '/' + node->name);
    return topic ? MonitorPanel::tr("into %1", "line of a chart: events written to a topic").arg(name) : name;
}

QList<CardLine> ChartLines::throughput(const session::HistoryPage& page) {
    struct Drawn {
        const topology::Node* node;
        const session::HistoryLine* line;
    };
    std::vector<Drawn> found;
    QSet<QString> charted;
    QHash<std::string, int> bearers;
    for (const session::HistoryLine& line : page.lines) {
        const topology::Node* node = drawnNode(store_.graph(), line.id);
        if (!node) continue; // deleted since
        found.push_back({node, &line});
        charted.insert(QString::fromStdString(line.id));
        ++bearers[node->name];
    }
    // In the file's order, so that the legend does not dance.
    std::ranges::sort(found, std::less(), &Drawn::node);
    placeOf_.removeIf([&](auto it) { return !charted.contains(it.key()); });
    const look::Colours& c = look::colours();
    const QList<QColor> own{c.source, c.sink, c.topic, c.channel};
    QList<CardLine> lines;
    for (const auto& [node, line] : found) {
        const QString id = QString::fromStdString(line->id);
        lines.append({id,
                      nameOf(line->id, bearers[node->name] > 1),
                      colourAt(placeFor(id, firstPlaceOf(node->kind), 3, placeOf_), own),
                      {line->pieces, page.stepMs},
                      store_.selection().contains(QString::fromStdString(node->id)),
                      {}});
    }
    if (!page.rest) return lines;
    CardLine rest{
        QStringLiteral("rest"),
        MonitorPanel::tr("%n other(s), together", "components, as one line of a chart", static_cast<int>(page.others)),
        c.text,
        {page.rest->pieces, page.stepMs},
        false,
        {}};
    for (const std::string& id : page.otherIds)
        rest.members.append({QString::fromStdString(id), nameOf(id, true)});
    lines.append(rest);
    return lines;
}

QList<CardLine> ChartLines::lag(const RunHistory::Told& told) {
    const auto& [asked, page] = told;
    const bool seconds = asked.figure == session::HistoryRequest::kLagMs;
    const double scale = seconds ? 0.001 : 1;
    std::map<PartitionId, const session::HistoryLine*> found;
    QSet<QString> topics, charted;
    for (const session::HistoryLine& line : page.lines) {
        const PartitionId id(line.id);
        topics.insert(id.topic);
        charted.insert(QString::fromStdString(line.id));
        found.emplace(id, &line);
    }
    for (const std::string& id : page.otherIds)
        topics.insert(PartitionId(id).topic);
    partitionPlaceOf_.removeIf([&](auto it) { return !charted.contains(it.key()); });
    const look::Colours& c = look::colours();
    const QList<QColor> own{c.channel, c.source, c.sink, c.topic};
    QList<CardLine> lines;
    for (const auto& [partition, line] : found) {
        const QString id = QString::fromStdString(line->id);
        lines.append({id,
                      partition.name(topics.size() > 1),
                      colourAt(placeFor(id, 0, 0, partitionPlaceOf_), own),
                      {line->pieces, page.stepMs, scale},
                      false,
                      {}});
    }
    if (!page.rest) return lines;
    const auto count = static_cast<int>(page.others);
    CardLine rest{QStringLiteral("rest"),
                  seconds ? MonitorPanel::tr("%n other(s), the longest", "partitions, as one line of a chart", count)
                          : MonitorPanel::tr("%n other(s), together", "partitions, as one line of a chart", count),
                  c.text,
                  {page.rest->pieces, page.stepMs, scale},
                  false,
                  {}};
    for (const std::string& id : page.otherIds)
        rest.members.append({QString::fromStdString(id), PartitionId(id).name(topics.size() > 1)});
    lines.append(rest);
    return lines;
}

} // namespace millrace::studio
