#include "canvas/scene/live_faces.h"

#include "document/document_store.h"
#include "look/numbers.h"
#include "run/run_controller.h"
#include "words/messages.h"

#include <QCoreApplication>

#include <algorithm>

namespace millrace::canvas {

namespace {

using look::Glyph;
using session::State;
using studio::RunController;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LiveFaces)
};

std::optional<Glyph> glyphOf(State state) {
    switch (state) {
    case State::starting:
    case State::idle: return Glyph::idle;
    case State::running: return Glyph::running;
    case State::waiting: return Glyph::waiting;
    case State::failing: return Glyph::failing;
    case State::foreign: return Glyph::foreign;
    case State::notRun: return Glyph::disabled;
    case State::paused: return Glyph::paused;
    case State::stopped: return Glyph::stopped;
    case State::unknown: return std::nullopt;
    }
    return std::nullopt;
}

QStringList labelOf(const topology::Wire& wire) {
    return wire.label.empty() ? QStringList() : QStringList(QString::fromStdString(wire.label));
}

} // namespace

QStringList subscriptionWords(const QString& group, const studio::TopicLag& lag) {
    QStringList words{Texts::tr("group %1").arg(group)};
    if (lag.known)
        words.append(lag.records == 0 ? Texts::tr("no lag") : Texts::tr("lag %1").arg(look::count(lag.records)));
    if (lag.known && lag.records > 0 && lag.ms) words.append(look::duration(*lag.ms));
    return words;
}

LiveFaces::LiveFaces(const studio::DocumentStore& store, const RunController* run)
    : store_(store),
      run_(run),
      checked_(store.checkedDocument()),
      applied_(store.document()),
      compared_(store.document()) {
    takeProblems();
    readDocument();
}

bool LiveFaces::running() const {
    return run_ && run_->phase() != RunController::Phase::stopped;
}

FaceNews LiveFaces::documentChanged(const studio::GraphDelta& delta) {
    FaceNews news = checked();
    if (!delta.keepsAll()) {
        readDocument();
        compareAll();
        news.all = true;
        return news;
    }
    const auto isRead = [this](const topology::NodeId& id) {
        const topology::NodeKind kind = store_.graph().find(id)->kind;
        return kind == topology::NodeKind::topic || kind == topology::NodeKind::traffic;
    };
    if (std::ranges::any_of(delta.changed, isRead)) readDocument();
    news.nodes.unite(compare(delta.changed).nodes);
    for (const topology::NodeId& id : delta.changed)
        news.nodes.insert(QString::fromStdString(id));
    return news;
}

FaceNews LiveFaces::checked() {
    if (checked_.isSameAs(store_.checkedDocument())) return {};
    checked_ = store_.checkedDocument();
    return takeProblems();
}

FaceNews LiveFaces::takeProblems() {
    const QHash<QString, Problems> before = std::exchange(problems_, {});
    for (const topology::Diagnostic& diagnostic : checked_.diagnostics()) {
        if (diagnostic.severity == topology::Severity::information || diagnostic.node.empty()) continue;
        Problems& problems = problems_[QString::fromStdString(diagnostic.node)];
        if (problems.diagnostics.empty() || diagnostic.severity < problems.worst) problems.worst = diagnostic.severity;
        problems.diagnostics.push_back(static_cast<std::size_t>(&diagnostic - checked_.diagnostics().data()));
    }
    FaceNews news;
    for (auto now = problems_.constBegin(); now != problems_.constEnd(); ++now)
        if (const auto then = before.constFind(now.key()); then == before.constEnd() || then->worst != now->worst)
            news.nodes.insert(now.key());
    for (auto then = before.constBegin(); then != before.constEnd(); ++then)
        if (!problems_.contains(then.key())) news.nodes.insert(then.key());
    return news;
}

void LiveFaces::readDocument() {
    topics_.clear();
    trafficRates_.clear();
    for (const topology::Node& node : store_.graph().nodes) {
        if (node.kind == topology::NodeKind::topic)
            topics_.insert(QString::fromStdString(node.id), {node.valueOr("cluster"), node.valueOr("name", node.name)});
        else if (node.kind == topology::NodeKind::traffic)
            trafficRates_.insert(QString::fromStdString(node.id),
                                 QString::fromStdString(node.valueOr("rate", "200")).toDouble());
    }
    feeders_.clear();
    for (const topology::Wire& wire : store_.graph().wires)
        if (wire.kind == topology::WireKind::sourceToChannel) ++feeders_[QString::fromStdString(wire.to)];
}

bool LiveFaces::sameAsApplied() const {
    return !running() || !run_->editedNotApplied();
}

FaceNews LiveFaces::appliedChanged() {
    // In the middle of a change of the document: documentChanged() is to come, and knows what has changed.
    if (!compared_.isSameAs(store_.document())) return {};
    return sameAsApplied() ? compareAll() : FaceNews();
}

FaceNews LiveFaces::compareAll() {
    compared_ = store_.document();
    QSet<QString> now;
    if (sameAsApplied())
        applied_ = compared_;
    else
        now = studio::changedNodes(applied_.graph(), compared_.graph());
    const QSet<QString> before = std::exchange(edited_, now);
    return {.all = false, .nodes = (now - before) + (before - now)};
}

FaceNews LiveFaces::compare(const std::vector<topology::NodeId>& changed) {
    if (sameAsApplied()) return compareAll();
    compared_ = store_.document();
    FaceNews news;
    for (const topology::NodeId& id : changed) {
        const topology::Node* then = applied_.graph().find(id);
        const QString name = QString::fromStdString(id);
        if (then && studio::same(*then, *compared_.graph().find(id)))
            edited_.remove(name);
        else
            edited_.insert(name);
        news.nodes.insert(name);
    }
    return news;
}

FaceNews LiveFaces::snapshotChanged() const {
    FaceNews news;
    if (!running()) return news;
    const std::vector<std::string>& changed = run_->model().changed();
    // With news of so many, asking for each costs more than all at once.
    news.all = changed.size() > store_.graph().nodes.size() / 2;
    if (news.all) return news;
    for (const std::string& id : changed)
        news.nodes.insert(QString::fromStdString(id));
    // What the model does not tell news of, each snapshot may have.
    for (const topology::Node& node : store_.graph().nodes)
        if (node.kind == topology::NodeKind::topic || node.kind == topology::NodeKind::cluster)
            news.nodes.insert(QString::fromStdString(node.id));
    return news;
}

BadgeFacts LiveFaces::facts(const QString& id) const {
    BadgeFacts facts;
    if (const auto problems = problems_.constFind(id); problems != problems_.constEnd()) facts.worst = problems->worst;
    facts.edited = edited_.contains(id);
    return facts;
}

std::optional<Glyph> LiveFaces::mark(const QString& id) const {
    const QList<Glyph> badges = badgesOf(facts(id));
    return badges.isEmpty() ? std::nullopt : std::optional(badges.first());
}

QString LiveFaces::explanation(const QString& id) const {
    QStringList lines;
    for (const std::size_t index : problems_.value(id).diagnostics)
        lines.append(studio::messageOf(checked_.diagnostics()[index]));
    const session::NodeSnapshot* node = run_ ? run_->node(id) : nullptr;
    if (node && !node->message.empty()) lines.prepend(studio::messageOf(*node));
    if (const QString words = badgeWords(facts(id)); !words.isEmpty()) lines.append(words);
    return lines.join(QLatin1Char('\n'));
}

NodeFace LiveFaces::face(const DrawnNode& node, bool texts) const {
    NodeFace face;
    face.shape = node.shape;
    face.name = node.name;
    face.typeLine = node.typeLine;
    face.undeclared = !node.declared;
    face.ghost = node.implied;
    face.badges = badgesOf(facts(node.id));
    switch (node.kind) {
    case topology::NodeKind::note: break;
    case topology::NodeKind::topic:
        topicFace(face, node, texts);
        break;
    case topology::NodeKind::cluster: clusterFace(face, node); break;
    case topology::NodeKind::agent:
    case topology::NodeKind::sinkGroup: break; // drawn as frames
    case topology::NodeKind::source:
    case topology::NodeKind::channel:
    case topology::NodeKind::sink:
    case topology::NodeKind::traffic: componentFace(face, node, texts); break;
    }
    // At rest there is one place for a problem: where the state would be.
    if (!face.status && !face.badges.isEmpty() && face.badges.first() != Glyph::edited)
        face.status = face.badges.takeFirst();
    if (face.status) face.badges.removeAll(*face.status);
    if (!node.declared && face.figure.isEmpty()) {
        face.figure = Texts::tr("in no list: ignored");
        face.tone = Tone::wait;
    }
    return face;
}

void LiveFaces::componentFace(NodeFace& face, const DrawnNode& node, bool texts) const {
    const session::NodeSnapshot* live = running() ? run_->node(node.id) : nullptr;
    if (!live) {
        if (running()) face.status = Glyph::edited;
        if (const auto rate = trafficRates_.constFind(node.id); rate != trafficRates_.constEnd()) {
            face.figure = look::rate(*rate);
            face.tone = Tone::quiet;
        }
        return;
    }
    face.status = glyphOf(live->state);
    switch (live->state) {
    case State::failing:
        face.figure = live->failuresInRow > 1 ? Texts::tr("retrying, attempt %1").arg(live->failuresInRow)
                                              : Texts::tr("retrying");
        face.tone = Tone::fail;
        return;
    case State::foreign:
        face.figure = Texts::tr("Apache Flume only");
        face.tone = Tone::quiet;
        return;
    case State::notRun: face.figure = Texts::tr("not run"); break;
    case State::starting: face.figure = Texts::tr("starting"); break;
    case State::paused: face.figure = Texts::tr("paused: disk limit"); break;
    case State::stopped:
    case State::running:
    case State::idle:
    case State::waiting:
    case State::unknown:
        if (node.kind == topology::NodeKind::channel) return channelFigure(face, node, texts);
        if (!texts) return;
        const studio::NodeRates rates = run_->rates(node.id);
        if (const auto rate = rates.outPerSecond ? rates.outPerSecond : rates.inPerSecond) face.figure = look::rate(*rate);
        return;
    }
    face.tone = Tone::wait;
}

void LiveFaces::channelFigure(NodeFace& face, const DrawnNode& node, bool texts) const {
    const session::NodeSnapshot* live = run_->node(node.id);
    if (!live->level || live->level->capacity <= 0) return;
    face.fill = fillOf(node.id);
    if (!texts) return;
    face.shortFigure = look::percent(*face.fill);
    face.figure = live->level->events == 0 ? face.shortFigure
                                           : Texts::tr("%1 · %2 of %3")
                                                 .arg(face.shortFigure, look::count(live->level->events),
                                                      look::count(live->level->capacity));
}

std::optional<double> LiveFaces::fillOf(const QString& channel) const {
    const session::NodeSnapshot* live = running() ? run_->node(channel) : nullptr;
    if (!live || !live->level || live->level->capacity <= 0) return std::nullopt;
    return static_cast<double>(live->level->events) / static_cast<double>(live->level->capacity);
}

const session::TopicSnapshot* LiveFaces::topic(const QString& nodeId) const {
    const auto written = topics_.constFind(nodeId);
    if (written == topics_.constEnd() || !run_) return nullptr;
    for (const session::TopicSnapshot& topic : run_->snapshot()->topics)
        if (topic.name == written->name && topic.cluster == written->cluster) return &topic;
    return nullptr;
}

QString LiveFaces::topicTap(const QString& nodeId) const {
    const auto written = topics_.constFind(nodeId);
    if (written == topics_.constEnd()) return {};
    return QStringLiteral("topic/%1/%2")
        .arg(QString::fromStdString(written->cluster), QString::fromStdString(written->name));
}

void LiveFaces::topicFace(NodeFace& face, const DrawnNode& node, bool texts) const {
    if (!running()) return;
    const session::TopicSnapshot* live = topic(node.id);
    // Of an external cluster only the names are known.
    if (!live || live->partitions.empty()) return;
    std::int64_t records = 0, size = 0, largest = 0;
    bool sizeKnown = true;
    for (const session::PartitionSnapshot& partition : live->partitions) {
        const std::int64_t held = partition.logEnd - partition.logStart;
        records += held;
        largest = std::max(largest, held);
        if (partition.bytes) size += *partition.bytes;
        else sizeKnown = false;
    }
    for (const session::PartitionSnapshot& partition : live->partitions)
        face.shares.append(largest > 0 ? static_cast<double>(partition.logEnd - partition.logStart) /
                                             static_cast<double>(largest)
                                       : 0);
    face.typeLine = Texts::tr("topic · %n partition(s)", nullptr, static_cast<int>(live->partitions.size()));
    const auto rate = run_->topicRate(QString::fromStdString(live->cluster + '/' + live->name));
    face.status = rate.value_or(0) > 0 ? Glyph::running : Glyph::idle;
    if (!texts) return;
    face.shortFigure = Texts::tr("%1 records").arg(look::count(records));
    face.figure = sizeKnown ? inOneLine({face.shortFigure, look::bytes(size)}) : face.shortFigure;
}

void LiveFaces::clusterFace(NodeFace& face, const DrawnNode& node) const {
    if (!running()) return;
    for (const session::ClusterSnapshot& cluster : run_->snapshot()->clusters) {
        if (QString::fromStdString(cluster.id) != node.name) continue;
        face.status = glyphOf(cluster.state);
        face.figure = QString::fromStdString(cluster.address);
        if (cluster.state == State::failing) face.tone = Tone::fail;
    }
}

std::optional<Glyph> LiveFaces::frameStatus(const DrawnFrame& frame) const {
    if (!running()) return std::nullopt;
    if (const session::NodeSnapshot* live = run_->node(frame.id)) return glyphOf(live->state);
    // The worst of its parts.
    static constexpr State kOrder[] = {State::failing, State::waiting, State::running, State::idle, State::starting};
    for (const State state : kOrder)
        for (const QString& part : frame.parts)
            if (const session::NodeSnapshot* live = run_->node(part); live && live->state == state)
                return glyphOf(state);
    return std::nullopt;
}

WireFace LiveFaces::face(const DrawnWire& wire, bool texts) const {
    WireFace face;
    using topology::WireKind;
    if (wire.wire.kind == WireKind::consume)
        subscription(face, wire, texts);
    else if (texts && wire.wire.kind == WireKind::sourceToChannel)
        face.label = labelOf(wire.wire);
    if (!running()) return face;
    face.rate = rateOf(wire);
    if (wire.wire.kind == WireKind::sourceToChannel) {
        const double fill = fillOf(wire.to).value_or(0);
        face.hot = fill >= kHotFill;
        face.held = fill >= 0.995;
    }
    return face;
}

std::optional<double> LiveFaces::rateOf(const DrawnWire& wire) const {
    using topology::WireKind;
    const studio::NodeRates from = run_->rates(wire.from), to = run_->rates(wire.to);
    const auto either = [](const std::optional<double>& one, const std::optional<double>& other) {
        return one ? one : other;
    };
    switch (wire.wire.kind) {
    case WireKind::sourceToChannel:
        // What the channel took is exact where one source fills it; else the source's own figure is the nearest.
        return feeders_.value(wire.to) == 1 ? either(to.inPerSecond, from.outPerSecond) : from.outPerSecond;
    case WireKind::channelToSink: return either(to.inPerSecond, to.outPerSecond);
    case WireKind::consume: return either(to.inPerSecond, to.outPerSecond);
    case WireKind::hop: return either(from.outPerSecond, to.inPerSecond);
    case WireKind::produce:
    case WireKind::traffic: return either(from.outPerSecond, from.inPerSecond);
    }
    return std::nullopt;
}

void LiveFaces::subscription(WireFace& face, const DrawnWire& wire, bool texts) const {
    const QString group = QString::fromStdString(wire.wire.label);
    studio::TopicLag lag;
    const auto topic = topics_.constFind(wire.from);
    if (topic != topics_.constEnd() && running())
        if (const auto* live = run_->model().lag(topic->cluster, wire.wire.label, topic->name)) lag = *live;
    if (texts) face.label = subscriptionWords(group, lag);
    face.worrying = lag.worrying();
}

} // namespace millrace::canvas
