#include "canvas/commands/canvas_commands.h"

#include "canvas/commands/flow_rules.h"
#include "canvas/commands/free_places.h"
#include "canvas/scene/canvas_scene.h"
#include "canvas/scene/edit_chain.h"
#include "document/document_store.h"
#include "document/merge_ids.h"
#include "run/run_controller.h"
#include "topology/layout/layout.h"
#include "words/messages.h"
#include "words/node_words.h"

#include <algorithm>
#include <map>

namespace millrace::canvas {

CanvasCommands::CanvasCommands(studio::DocumentStore& store, studio::RunController* run, CanvasScene& scene,
                               QObject* parent)
    : QObject(parent), store_(store), run_(run), scene_(scene), nudgeId_(studio::newMergeId()) {
    connect(&store_, &studio::DocumentStore::selectionChanged, this, [this] { nudgeId_ = studio::newMergeId(); });
}

void CanvasCommands::done(const QString& select) {
    if (!select.isEmpty()) store_.select({select});
    applyNow();
}

void CanvasCommands::applyNow() {
    if (run_) run_->applyNow();
}

QString CanvasCommands::add(const PaletteItem& item, const QPointF& at, const topology::Wire* onWire,
                            const QString& connectTo) {
    topology::NewNode node;
    node.kind = item.kind;
    node.type = item.type.toStdString();
    const QSizeF size = item.kind == topology::NodeKind::agent ? QSizeF() : sizeOf(shapeOf(item.kind));
    node.position = positionOf(snapped(at - QPointF(size.width() / 2, size.height() / 2)));
    const FrameItem* frame = studio::isPart(item.kind) ? scene_.hits().agentFor(at) : nullptr;
    if (frame) node.agent = frame->name().toStdString();
    // What is wired within an agent belongs to that agent, wherever it lies; what a sink sends to does not.
    const topology::Node* other = store_.graph().find(connectTo.toStdString());
    const bool leaves = other && other->kind == topology::NodeKind::sink && item.kind == topology::NodeKind::source;
    if (other && studio::isPart(other->kind) && studio::isPart(item.kind) && !leaves) node.agent = other->agent;
    if (onWire) {
        DrawnNode wanted;
        wanted.kind = item.kind;
        wanted.rect = QRectF(QPointF(node.position->x, node.position->y), size);
        if (frame) wanted.frame = frame->id();
        node.position = positionOf(besideWire(scene_, *onWire, wanted));
    }
    auto added = topology::addNode(store_.document(), node);
    if (!added) {
        emit store_.refused(studio::messageOf(added.error()));
        return {};
    }
    EditChain chain(store_.document());
    chain.then(added->edit);
    if (onWire) joinWire(chain, added->id, *onWire);
    if (!connectTo.isEmpty()) join(chain, connectTo.toStdString(), added->id);
    const QString id = QString::fromStdString(added->id);
    const QString name = studio::nameInId(id);
    if (!store_.push(chain.result(), tr("Add %1").arg(name))) return {};
    done(id);
    return id;
}

QString CanvasCommands::addBeside(const PaletteItem& item, const QString& node) {
    const DrawnNode& drawn = scene_.node(node)->drawn();
    const double step = drawn.rect.width() / 2 + topology::metrics::kGapX + sizeOf(shapeOf(item.kind)).width() / 2;
    const QPointF at = drawn.rect.center() + QPointF(comesBefore(item.kind, drawn.kind) ? -step : step, 0);
    return add(item, freePlace(scene_, item.kind, at), nullptr, node);
}

QStringList CanvasCommands::selectedParts() const {
    QStringList parts;
    if (store_.selection().isEmpty()) return parts;
    for (const topology::Node& node : store_.graph().nodes) {
        const QString id = QString::fromStdString(node.id);
        if (!store_.selection().contains(id)) continue;
        if (!studio::isPart(node.kind)) return {};
        parts.append(id);
    }
    return parts;
}

QStringList CanvasCommands::otherAgents(const QStringList& parts) const {
    QSet<QString> own;
    for (const QString& id : parts)
        if (const NodeItem* item = scene_.node(id)) own.insert(item->drawn().frame);
    QStringList others;
    for (const DrawnFrame& frame : scene_.drawing().frames)
        if (!own.isEmpty() && !(own.size() == 1 && own.contains(frame.id))) others.append(frame.id);
    return others;
}

void CanvasCommands::moveToAgent(const QString& agent, const QHash<QString, QPointF>& places) {
    const topology::Node* target = store_.graph().find(agent.toStdString());
    if (!target) return;
    std::vector<topology::NodeId> ids;
    for (auto it = places.begin(); it != places.end(); ++it)
        ids.push_back(it.key().toStdString());
    EditChain chain(store_.document());
    chain.then(topology::moveNodes(chain.document(), movesTo(places)));
    const auto moved = topology::moveToAgent(chain.document(), ids, target->name);
    chain.then(moved);
    if (!store_.push(chain.result(), tr("Move to agent %1").arg(QString::fromStdString(target->name)))) return;
    QSet<QString> chosen;
    for (const topology::Rename& rename : moved->renames)
        chosen.insert(QString::fromStdString(rename.to));
    store_.select(chosen);
    done({});
}

void CanvasCommands::moveToAgent(const QString& agent, const QStringList& parts) {
    const FrameItem* frame = scene_.frame(agent);
    if (!frame) return;
    QHash<QString, QPointF> places;
    std::map<topology::NodeKind, double> bottoms;
    for (const QString& id : parts) {
        const DrawnNode& drawn = scene_.node(id)->drawn();
        const double step = drawn.rect.width() + topology::metrics::kGapX;
        const int column = drawn.kind == topology::NodeKind::source    ? 0
                           : drawn.kind == topology::NodeKind::channel ? 1
                                                                       : 2;
        QPointF at = firstPartAt(frame->rect().topLeft()).topLeft() + QPointF(column * step, 0);
        for (const DrawnNode& other : scene_.drawing().nodes)
            if (other.frame == agent && other.kind == drawn.kind)
                at = {other.rect.left(), std::max(at.y(), other.rect.bottom() + topology::metrics::kGapY)};
        const auto known = bottoms.find(drawn.kind);
        if (known != bottoms.end()) at.setY(std::max(at.y(), known->second));
        bottoms[drawn.kind] = at.y() + drawn.rect.height() + topology::metrics::kGapY;
        places.insert(id, snapped(at));
    }
    moveToAgent(agent, places);
}

std::optional<bool> CanvasCommands::wireLeadsOut(const QString& first, const QString& other) const {
    const topology::Node* node = store_.graph().find(first.toStdString());
    if (!node || first == other) return std::nullopt;
    const auto kind = topology::canConnect(store_.document(), node->id, other.toStdString());
    return kind ? std::optional(startsAt(*kind, node->kind)) : std::nullopt;
}

void CanvasCommands::connectNodes(const QString& from, const QString& to) {
    const auto edit = topology::connect(store_.document(), from.toStdString(), to.toStdString());
    if (store_.push(edit, tr("Connect %1 and %2").arg(studio::nameInId(from), studio::nameInId(to)))) done({});
}

void CanvasCommands::disconnect(const topology::Wire& wire) {
    if (store_.push(topology::disconnect(store_.document(), wire), tr("Delete a wire"))) done({});
}

void CanvasCommands::disconnect(const std::vector<topology::Wire>& wires) {
    if (wires.empty()) return;
    if (wires.size() == 1) return disconnect(wires.front());
    EditChain chain(store_.document());
    for (const topology::Wire& wire : wires) {
        // One line of the file may have made two of them.
        const auto& left = chain.document().graph().wires;
        if (std::ranges::find(left, wire) != left.end()) chain.then(topology::disconnect(chain.document(), wire));
    }
    if (store_.push(chain.result(), tr("Delete %n wire(s)", nullptr, static_cast<int>(wires.size())))) done({});
}

void CanvasCommands::remove(const QSet<QString>& nodes) {
    std::vector<topology::NodeId> ids;
    for (const QString& id : nodes)
        ids.push_back(id.toStdString());
    if (ids.empty()) return;
    std::ranges::sort(ids);
    const auto edit = topology::removeNodes(store_.document(), ids, true);
    const QString label = ids.size() == 1 ? tr("Delete %1").arg(studio::nameInId(*nodes.begin()))
                                          : tr("Delete %n node(s)", nullptr, static_cast<int>(ids.size()));
    if (store_.push(edit, label)) done({});
}

std::vector<topology::Move> CanvasCommands::movesTo(const QHash<QString, QPointF>& places) const {
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
    return moves;
}

void CanvasCommands::move(const QHash<QString, QPointF>& places) {
    const QString label = places.size() == 1 ? tr("Move %1").arg(studio::nameInId(places.begin().key()))
                                             : tr("Move %n node(s)", nullptr, static_cast<int>(places.size()));
    const int mergeId = nudging_ ? nudgeId_ : 0;
    if (store_.push(topology::moveNodes(store_.document(), movesTo(places)), label, mergeId)) done({});
}

bool CanvasCommands::canJoin(const QString& node, const topology::Wire& wire) const {
    const std::string id = node.toStdString();
    return topology::canConnect(store_.document(), wire.from, id) ||
           topology::canConnect(store_.document(), id, wire.to);
}

void CanvasCommands::moveOnto(const topology::Wire& wire, const QString& node, const QPointF& at) {
    const NodeItem* item = scene_.node(node);
    DrawnNode wanted = item->drawn();
    wanted.rect.moveTopLeft(at);
    const QPointF place = besideWire(scene_, wire, wanted);
    EditChain chain(store_.document());
    chain.then(topology::moveNodes(chain.document(), movesTo({{node, place}})));
    joinWire(chain, node.toStdString(), wire);
    if (store_.push(chain.result(), tr("Move %1").arg(studio::nameInId(node)))) done({});
}

QStringList CanvasCommands::groupableSinks() const {
    QStringList sinks;
    if (store_.selection().size() < 2) return sinks;
    std::string agent;
    for (const topology::Node& node : store_.graph().nodes) {
        if (!store_.selection().contains(QString::fromStdString(node.id))) continue;
        if (node.kind != topology::NodeKind::sink || (!sinks.isEmpty() && node.agent != agent)) return {};
        agent = node.agent;
        sinks.append(QString::fromStdString(node.id));
    }
    return sinks.size() >= 2 ? sinks : QStringList();
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
    if (!store_.push(edit, tr("Rename %1 to %2").arg(studio::nameInId(node), name))) return false;
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

void CanvasCommands::tidyUp(bool onlySelected) {
    const QSet<QString> chosen(store_.selection());
    const QStringList moving = scene_.movedWith(chosen);
    std::vector<topology::Move> moves;
    QPointF before(1e9, 1e9), after(1e9, 1e9); // upper left corners of what moves
    for (const auto& [id, position] : topology::layoutAll(store_.graph())) {
        const topology::Node* node = store_.graph().find(id);
        const QString drawn = QString::fromStdString(id);
        // Agents are as large as their parts want, so that only what is written of them and empty ones have a place.
        if (!node || node->implied || !scene_.movedWith({drawn}).contains(drawn)) continue;
        if (onlySelected && !moving.contains(drawn)) continue;
        topology::Position place = movedTo(node->position, QPointF(position.x, position.y));
        if (node->kind == topology::NodeKind::agent && place.width) {
            place.width = position.width;
            place.height = position.height;
        }
        const QPointF old = scene_.placeOf(drawn).value_or(QPointF());
        before = {std::min(before.x(), old.x()), std::min(before.y(), old.y())};
        after = {std::min(after.x(), place.x), std::min(after.y(), place.y)};
        moves.push_back({id, place});
    }
    // A part of the drawing stays where it is.
    const QPointF shift = onlySelected ? snapped(before - after) : QPointF();
    for (topology::Move& move : moves) {
        move.position.x += shift.x();
        move.position.y += shift.y();
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

void CanvasCommands::selectAll() {
    QSet<QString> all;
    for (const DrawnNode& node : scene_.drawing().nodes)
        all.insert(node.id);
    for (const DrawnFrame& frame : scene_.drawing().frames)
        all.insert(frame.id);
    store_.select(all);
}

void CanvasCommands::selectAlong(bool downstream) {
    QSet<QString> next;
    for (const topology::Wire& wire : store_.graph().wires) {
        const QString from = QString::fromStdString(wire.from), to = QString::fromStdString(wire.to);
        if (downstream && store_.selection().contains(from)) next.insert(to);
        if (!downstream && store_.selection().contains(to)) next.insert(from);
    }
    if (!next.isEmpty()) store_.select(next);
}

} // namespace millrace::canvas
