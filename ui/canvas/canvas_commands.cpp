#include "canvas/canvas_commands.h"

#include "canvas/canvas_scene.h"
#include "canvas/edit_chain.h"
#include "document/document_store.h"
#include "document/messages.h"
#include "document/run_controller.h"
#include "topology/layout.h"

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr int kNudgeMerge = 0x4d4f; // "MO": moves by key
constexpr double kGrid = topology::metrics::kGridStep;

QPointF snapped(const QPointF& at) {
    return {std::round(at.x() / kGrid) * kGrid, std::round(at.y() / kGrid) * kGrid};
}

topology::Position positionOf(const QPointF& at) {
    return {std::round(at.x()), std::round(at.y()), {}, {}};
}

/// Width and height that the file gives (notes, agents) are kept.
topology::Position movedTo(const std::optional<topology::Position>& written, const QPointF& at) {
    topology::Position position = positionOf(at);
    if (written) {
        position.width = written->width;
        position.height = written->height;
    }
    return position;
}

bool isPart(topology::NodeKind kind) {
    using topology::NodeKind;
    return kind == NodeKind::source || kind == NodeKind::channel || kind == NodeKind::sink;
}

} // namespace

CanvasCommands::CanvasCommands(studio::DocumentStore& store, studio::RunController* run, CanvasScene& scene,
                               QObject* parent)
    : QObject(parent), store_(store), run_(run), scene_(scene) {
    connect(&store_, &studio::DocumentStore::selectionChanged, this, [this] { ++nudgeId_; });
}

void CanvasCommands::done(const QString& select) {
    if (!select.isEmpty()) store_.select({select});
    if (run_) run_->applyNow();
}

QString CanvasCommands::add(const PaletteItem& item, const QPointF& at, const topology::Wire* onWire,
                            const QString& connectTo) {
    topology::NewNode node;
    node.kind = item.kind;
    node.type = item.type.toStdString();
    const QSizeF size = item.kind == topology::NodeKind::agent ? QSizeF() : sizeOf(shapeOf(item.kind));
    node.position = positionOf(snapped(at - QPointF(size.width() / 2, size.height() / 2)));
    if (isPart(item.kind))
        if (const FrameItem* frame = scene_.agentFor(at)) node.agent = frame->name().toStdString();
    auto added = topology::addNode(store_.document(), node);
    if (!added) {
        emit store_.refused(studio::messageOf(added.error()));
        return {};
    }
    EditChain chain(store_.document());
    chain.then(added->edit);
    const auto join = [&](const topology::NodeId& from, const topology::NodeId& to) {
        const bool fits = topology::canConnect(chain.document(), from, to).has_value();
        return fits && chain.then(topology::connect(chain.document(), from, to));
    };
    if (onWire) {
        const bool before = join(onWire->from, added->id), after = join(added->id, onWire->to);
        if (before && after) chain.then(topology::disconnect(chain.document(), *onWire));
    }
    if (!connectTo.isEmpty()) join(connectTo.toStdString(), added->id);
    const QString id = QString::fromStdString(added->id);
    const QString name = id.section(QLatin1Char('/'), -1);
    if (!store_.push(chain.result(), tr("Add %1").arg(name))) return {};
    done(id);
    return id;
}

void CanvasCommands::connectNodes(const QString& from, const QString& to) {
    const auto edit = topology::connect(store_.document(), from.toStdString(), to.toStdString());
    const auto name = [](const QString& id) { return id.section(QLatin1Char('/'), -1); };
    if (store_.push(edit, tr("Connect %1 and %2").arg(name(from), name(to)))) done({});
}

void CanvasCommands::disconnect(const topology::Wire& wire) {
    if (store_.push(topology::disconnect(store_.document(), wire), tr("Delete a wire"))) done({});
}

void CanvasCommands::remove(const QSet<QString>& nodes) {
    std::vector<topology::NodeId> ids;
    for (const QString& id : nodes)
        ids.push_back(id.toStdString());
    if (ids.empty()) return;
    std::ranges::sort(ids);
    const auto edit = topology::removeNodes(store_.document(), ids, true);
    const QString label = ids.size() == 1 ? tr("Delete %1").arg(nodes.begin()->section(QLatin1Char('/'), -1))
                                          : tr("Delete %n node(s)", nullptr, static_cast<int>(ids.size()));
    if (store_.push(edit, label)) done({});
}

void CanvasCommands::move(const QHash<QString, QPointF>& places) {
    std::vector<topology::Move> moves;
    for (const DrawnNode& drawn : scene_.drawing().nodes) {
        const topology::Node* node = store_.graph().find(drawn.id.toStdString());
        if (!node) continue;
        const auto moved = places.constFind(drawn.id);
        if (moved == places.constEnd() && (node->position || node->implied)) continue;
        moves.push_back({node->id, movedTo(node->position, places.value(drawn.id, drawn.rect.topLeft()))});
    }
    for (auto it = places.begin(); it != places.end(); ++it) {
        const topology::Node* agent = scene_.frame(it.key()) ? store_.graph().find(it.key().toStdString()) : nullptr;
        if (agent) moves.push_back({agent->id, movedTo(agent->position, it.value())});
    }
    const QString label = places.size() == 1 ? tr("Move %1").arg(places.begin().key().section(QLatin1Char('/'), -1))
                                             : tr("Move %n node(s)", nullptr, static_cast<int>(places.size()));
    const int mergeId = nudging_ ? (kNudgeMerge << 8) + (nudgeId_ & 0xff) : 0;
    if (store_.push(topology::moveNodes(store_.document(), moves), label, mergeId)) done({});
}

void CanvasCommands::nudge(const QPointF& by) {
    QHash<QString, QPointF> places;
    for (const QString& id : scene_.movedWith(store_.selection())) {
        if (const auto place = scene_.placeOf(id)) places.insert(id, *place + by);
    }
    if (places.isEmpty()) return;
    nudging_ = true;
    move(places);
    nudging_ = false;
}

bool CanvasCommands::rename(const QString& node, const QString& name) {
    const auto edit = topology::rename(store_.document(), node.toStdString(), name.toStdString());
    if (!store_.push(edit, tr("Rename %1 to %2").arg(node.section(QLatin1Char('/'), -1), name))) return false;
    done({});
    return true;
}

void CanvasCommands::group(const QStringList& sinks, const QString& processor) {
    std::vector<topology::NodeId> ids;
    for (const QString& id : sinks)
        ids.push_back(id.toStdString());
    const auto made = topology::groupSinks(store_.document(), ids, processor.toStdString());
    if (!made) {
        emit store_.refused(studio::messageOf(made.error()));
        return;
    }
    store_.push(made->edit, tr("Group sinks"));
    done(QString::fromStdString(made->id));
}

void CanvasCommands::tidyUp() {
    std::vector<topology::Move> moves;
    for (const auto& [id, position] : topology::layoutAll(store_.graph())) {
        const topology::Node* node = store_.graph().find(id);
        // Agents are as large as their parts want, so that only what is written of them and empty ones have a place.
        const QString drawn = QString::fromStdString(id);
        if (!node || node->implied || !scene_.movedWith({drawn}).contains(drawn)) continue;
        topology::Position place = movedTo(node->position, QPointF(position.x, position.y));
        if (node->kind == topology::NodeKind::agent && place.width) {
            place.width = position.width;
            place.height = position.height;
        }
        moves.push_back({id, place});
    }
    if (store_.push(topology::moveNodes(store_.document(), moves), tr("Tidy up"))) done({});
}

void CanvasCommands::adopt(const QString& ghostId) {
    const Ghost* ghost = scene_.ghost(ghostId);
    if (!ghost || ghost->kind != Ghost::Kind::topic) return;
    topology::NewNode node;
    node.kind = topology::NodeKind::topic;
    node.name = ghost->topic;
    node.position = positionOf(snapped(scene_.node(ghostId)->pos()));
    node.properties = {{"cluster", ghost->cluster}};
    for (const session::TopicSnapshot& topic : run_->snapshot()->topics)
        if (topic.cluster == ghost->cluster && topic.name == ghost->topic && !topic.partitions.empty())
            node.properties["partitions"] = std::to_string(topic.partitions.size());
    const auto added = topology::addNode(store_.document(), node);
    if (!added) {
        emit store_.refused(studio::messageOf(added.error()));
        return;
    }
    store_.push(added->edit, tr("Adopt topic %1").arg(QString::fromStdString(node.name)));
    done(QString::fromStdString(added->id));
}

} // namespace millrace::canvas
