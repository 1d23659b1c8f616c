#include "shell/flow_report.h"

#include "document/document_store.h"
#include "words/messages.h"
#include "run/run_controller.h"
#include "look/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FlowReport)
};

constexpr double kNearlyFull = 0.6;
constexpr double kGrowing = 1.05; ///< arrivals above departures by this factor count as growth
constexpr std::int64_t kNoteworthyLag = 1000;

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

/// The node with its kind in brackets: "archive (file_roll)".
QString called(const topology::Node& node) {
    const bool titled = node.spec && !node.spec->title.empty();
    return Texts::tr("%1 (%2)", "name of a component (its type)")
        .arg(text(node.name),
             titled ? QString::fromUtf8(node.spec->title)
                    : text(node.type));
}

std::optional<QString> failure(const DocumentStore& store, const RunController& run) {
    for (const session::NodeSnapshot& live : run.snapshot()->nodes) {
        if (live.state != session::State::failing && live.state != session::State::paused) continue;
        const topology::Node* node = store.graph().find(live.id);
        if (!node || node->kind == topology::NodeKind::agent) continue;
        if (live.state == session::State::paused)
            return Texts::tr("%1 is paused: %2").arg(text(node->name), messageOf(live));
        return Texts::tr("%1 fails and is tried again: %2").arg(called(*node), messageOf(live));
    }
    return {};
}

/// A put comes in batches: a source can wait for room before the channel is quite full.
bool aSourceWaits(const DocumentStore& store, const RunController& run, const topology::NodeId& channel) {
    return std::ranges::any_of(store.graph().wiresAt(channel), [&](std::uint32_t at) {
        const topology::Wire& wire = store.graph().wires[at];
        if (wire.kind != topology::WireKind::sourceToChannel) return false;
        const session::NodeSnapshot* source = run.node(text(wire.from));
        return source && source->state == session::State::waiting;
    });
}

/// The fullest channel, when what leaves it is the reason.
std::optional<QString> bottleneck(const DocumentStore& store, const RunController& run) {
    const topology::Node* fullest = nullptr;
    double most = kNearlyFull;
    for (const topology::Node* channel : store.graph().ofKind(topology::NodeKind::channel)) {
        const session::NodeSnapshot* live = run.node(text(channel->id));
        if (!live || !live->level || live->level->capacity <= 0) continue;
        const double fill = static_cast<double>(live->level->events) / static_cast<double>(live->level->capacity);
        if (fill < most) continue;
        most = fill;
        fullest = channel;
    }
    if (!fullest) return {};
    const NodeRates rates = run.rates(text(fullest->id));
    const session::Level level = *run.node(text(fullest->id))->level;
    const QString name = text(fullest->name), filled = look::percent(most);
    const topology::Node* sink = nullptr;
    for (const std::uint32_t at : store.graph().wiresAt(fullest->id))
        if (const topology::Wire& wire = store.graph().wires[at]; wire.kind == topology::WireKind::channelToSink)
            sink = store.graph().find(wire.to);
    if (!sink) return Texts::tr("Channel %1 is %2 full, and no sink takes from it.").arg(name, filled);
    if (!rates.inPerSecond || !rates.outPerSecond) return Texts::tr("Channel %1 is %2 full.").arg(name, filled);
    const double grows = *rates.inPerSecond - *rates.outPerSecond;
    const QString out = look::rate(*rates.outPerSecond), in = look::rate(*rates.inPerSecond);
    if (level.events >= level.capacity || aSourceWaits(store, run, fullest->id))
        return Texts::tr("Bottleneck: %1 takes %2, so channel %3 is %4 full and what comes before it waits.")
            .arg(called(*sink), out, name, filled);
    if (*rates.inPerSecond > *rates.outPerSecond * kGrowing) {
        const auto ms = static_cast<std::int64_t>(static_cast<double>(level.capacity - level.events) / grows * 1000);
        return Texts::tr("Bottleneck: %1 takes %2, %3 arrive. Channel %4 is full in %5.")
            .arg(called(*sink), out, in, name, look::duration(ms));
    }
    return Texts::tr("Channel %1 is %2 full; %3 keeps up with what arrives.").arg(name, filled, called(*sink));
}

/// A drawn group that falls behind its topic.
std::optional<QString> backlogOf(const topology::Wire& wire, const DocumentStore& store, const RunController& run) {
    const topology::Node* topic = store.graph().find(wire.from);
    const topology::Node* reader = store.graph().find(wire.to);
    if (!topic || !reader) return {};
    const std::string name = topology::topicName(*topic), cluster = topic->valueOr("cluster");
    const TopicLag* lag = run.model().lag(cluster, wire.label, name);
    const auto arrives = run.topicRate(text(cluster) + QLatin1Char('/') + text(name));
    const auto read = run.rates(text(reader->id)).outPerSecond;
    if (!lag || lag->records < kNoteworthyLag || !arrives || !read) return {};
    if (*arrives > *read * kGrowing)
        return Texts::tr("Group %1 is %2 records behind on %3 and falls back by %4.")
            .arg(text(wire.label), look::count(lag->records), text(name), look::rate(*arrives - *read));
    if (*read > *arrives * kGrowing)
        return Texts::tr("Group %1 is %2 records behind on %3 and catches up in %4.")
            .arg(text(wire.label), look::count(lag->records), text(name),
                 look::duration(
                     static_cast<std::int64_t>(static_cast<double>(lag->records) / (*read - *arrives) * 1000)));
    return {};
}

/// A group for which nobody reads while more arrives: of the drawing or a guest.
std::optional<QString> abandoned(const RunController& run) {
    const TopicLag* worst = nullptr;
    const RunModel::LagKey* whose = nullptr;
    for (const auto& [key, lag] : run.model().lags()) {
        if (lag.members > 0 || lag.records < kNoteworthyLag || lag.growth.value_or(0) <= 0) continue;
        if (worst && worst->records >= lag.records) continue;
        worst = &lag;
        whose = &key;
    }
    if (!worst) return {};
    return Texts::tr("Nobody reads for group %1: it is %2 records behind on %3, and more arrive.")
        .arg(text(std::get<1>(*whose)), look::count(worst->records), text(std::get<2>(*whose)));
}

std::optional<QString> backlog(const DocumentStore& store, const RunController& run) {
    for (const topology::Wire& wire : store.graph().wires)
        if (wire.kind == topology::WireKind::consume)
            if (const auto sentence = backlogOf(wire, store, run)) return sentence;
    return abandoned(run);
}

/// What flows flows, but not all of the drawing is there.
std::optional<QString> leftOut(const DocumentStore& store, const RunController& run) {
    const auto count = std::count_if(store.graph().nodes.begin(), store.graph().nodes.end(), [&run](const auto& node) {
        const session::NodeSnapshot* live = run.node(text(node.id));
        return live && node.kind != topology::NodeKind::agent && live->state == session::State::notRun;
    });
    if (count == 0) return {};
    return Texts::tr("%n component(s) of this file do not run: see Problems.", nullptr, static_cast<int>(count));
}

bool anythingMoves(const DocumentStore& store, const RunController& run) {
    return std::any_of(store.graph().nodes.begin(), store.graph().nodes.end(), [&run](const topology::Node& node) {
        const NodeRates rates = run.rates(text(node.id));
        return rates.inPerSecond.value_or(0) > 0 || rates.outPerSecond.value_or(0) > 0;
    });
}

/// For sentences that count: nobody reads more digits.
int shownCount(std::int64_t events) {
    return static_cast<int>(std::min<std::int64_t>(events, 1'000'000'000));
}

bool works(session::State state) {
    return state != session::State::stopped && state != session::State::foreign && state != session::State::notRun;
}

} // namespace

bool nothingRuns(const DocumentStore& store, const RunController& run) {
    if (run.phase() != RunController::Phase::running || !run.snapshot()->running) return false;
    const auto& clusters = run.snapshot()->clusters;
    const bool brokers = std::any_of(clusters.begin(), clusters.end(), [](const session::ClusterSnapshot& cluster) {
        return cluster.embedded && works(cluster.state);
    });
    // The agents around them may well be up.
    const auto& nodes = store.graph().nodes;
    return !brokers && std::none_of(nodes.begin(), nodes.end(), [&run](const topology::Node& node) {
        const session::NodeSnapshot* live = run.node(text(node.id));
        return live && node.kind != topology::NodeKind::agent && works(live->state);
    });
}

LeftAfterStop leftOf(const session::Answer& answer) {
    LeftAfterStop left;
    for (const session::LeftEvents& one : answer.left)
        (one.lost ? left.lost : left.kept) += one.events;
    return left;
}

QString flowSentence(const DocumentStore& store, const RunController& run, const LeftAfterStop& left) {
    using Phase = RunController::Phase;
    if (run.phase() == Phase::stopped && left.lost > 0)
        return Texts::tr("Stopped; %n event(s) were lost.", nullptr, shownCount(left.lost));
    if (run.phase() == Phase::stopped) return Texts::tr("Stopped. Press F5 to run.");
    if (run.phase() == Phase::starting) return Texts::tr("Starting…");
    if (run.phase() == Phase::stopping)
        return Texts::tr("Stopping: %n event(s) still on the way.", nullptr,
                         shownCount(run.snapshot()->account.inFlight));
    if (nothingRuns(store, run)) return Texts::tr("Running, but nothing of this file runs here.");
    if (const auto sentence = failure(store, run)) return *sentence;
    if (const auto sentence = bottleneck(store, run)) return *sentence;
    if (const auto sentence = backlog(store, run)) return *sentence;
    if (const auto sentence = leftOut(store, run)) return *sentence;
    return anythingMoves(store, run) ? Texts::tr("Everything flows; nothing is held back.")
                                     : Texts::tr("Running; no events arrive at the moment.");
}

QString accountText(const RunController& run, const LeftAfterStop& left) {
    // Until the next run counts, the figures are those of the one before.
    if (run.snapshot()->revision == 0 || run.phase() == RunController::Phase::starting) return {};
    const session::Account& account = run.snapshot()->account;
    // What was on the way when it stopped is so no longer.
    if (run.phase() == RunController::Phase::stopped && left.lost + left.kept > 0)
        return Texts::tr("in %1 · out %2 · lost %3 · kept on disk %4 · failed %5")
            .arg(look::exact(account.in), look::exact(account.out), look::exact(left.lost), look::exact(left.kept),
                 look::exact(account.failed));
    return Texts::tr("in %1 · out %2 · in flight %3 · failed %4")
        .arg(look::exact(account.in), look::exact(account.out), look::exact(account.inFlight),
             look::exact(account.failed));
}

} // namespace millrace::studio
