#include "canvas/commands/clipboard.h"

#include "canvas/commands/canvas_commands.h"
#include "canvas/scene/canvas_scene.h"
#include "document/document_store.h"
#include "words/messages.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kPasteStep = 32;

} // namespace

Clipboard::Clipboard(studio::DocumentStore& store, CanvasScene& scene, CanvasCommands& commands, QObject* parent)
    : QObject(parent), store_(store), scene_(scene), commands_(commands) {}

std::vector<topology::NodeId> Clipboard::selectedIds() const {
    std::vector<topology::NodeId> ids;
    for (const topology::Node& node : store_.graph().nodes) // in file order, so that the text is
        if (store_.selection().contains(QString::fromStdString(node.id))) ids.push_back(node.id);
    return ids;
}

/// The document with the places written that nodes have only from the layout: a copy without one would land anywhere.
topology::Document Clipboard::allPlaced(const std::vector<topology::NodeId>& ids) const {
    std::vector<topology::Move> places;
    const auto note = [&](const topology::Node& node) {
        const NodeItem* item = scene_.node(QString::fromStdString(node.id));
        if (item && !node.position && !node.implied)
            places.push_back({node.id, {item->rect().x(), item->rect().y(), {}, {}}});
    };
    for (const topology::NodeId& id : ids) {
        const topology::Node* node = store_.graph().find(id);
        note(*node);
        if (node->kind == topology::NodeKind::agent)
            for (const topology::Node* part : store_.graph().partsOf(node->name))
                note(*part);
    }
    const auto edit = topology::moveNodes(store_.document(), places);
    if (!edit) return store_.document();
    auto placed = store_.document().apply(*edit);
    return placed ? placed->document : store_.document();
}

void Clipboard::copy() {
    const auto ids = selectedIds();
    if (ids.empty()) return;
    const QString text = QString::fromUtf8(topology::copyText(allPlaced(ids), ids));
    const bool whole = std::any_of(ids.begin(), ids.end(), [this](const topology::NodeId& id) {
        return store_.graph().find(id)->kind == topology::NodeKind::agent;
    });
    copiedParts_ = whole ? QString() : text;
    copiedAgents_ = whole ? text : QString();
    pastes_ = 0;
    QGuiApplication::clipboard()->setText(text);
}

std::string Clipboard::agentForPaste(const QString& text, std::optional<QPointF> at) const {
    if (text == copiedAgents_) return {};
    // One selected agent says: into this one.
    if (const topology::Node* node = store_.selectedNode(); node && node->kind == topology::NodeKind::agent)
        return node->name;
    if (text != copiedParts_) return {};
    if (const FrameItem* frame = at ? scene_.hits().agentAt(*at) : nullptr)
        if (const topology::Node* under = store_.graph().find(frame->id().toStdString())) return under->name;
    const topology::Document alone = topology::Document::parse(text.toStdString(), store_.document().catalog());
    const auto agents = alone.graph().ofKind(topology::NodeKind::agent);
    return agents.size() == 1 && store_.graph().find(agents.front()->id) ? agents.front()->name : std::string();
}

void Clipboard::cut() {
    copy();
    commands_.remove(store_.selection());
}

void Clipboard::pasteText(const QString& text, const QPointF& shift, const QString& label,
                          const std::string& intoAgent) {
    const auto pasted = topology::paste(store_.document(), text.toStdString(), shift.x(), shift.y(), intoAgent);
    if (!pasted) {
        emit store_.refused(studio::messageOf(pasted.error()));
        return;
    }
    store_.push(pasted->edit, label);
    QSet<QString> chosen;
    for (const topology::NodeId& id : pasted->pasted)
        chosen.insert(QString::fromStdString(id));
    store_.select(chosen);
    commands_.applyNow();
}

void Clipboard::paste(std::optional<QPointF> at) {
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty()) return;
    ++pastes_;
    QPointF shift(kPasteStep * pastes_, kPasteStep * pastes_);
    if (at) {
        // The text's own places are read by pasting into nothing.
        const topology::Document alone = topology::Document::parse(text.toStdString(), store_.document().catalog());
        QPointF corner(1e9, 1e9);
        for (const topology::Node& node : alone.graph().nodes)
            if (node.position)
                corner = {std::min(corner.x(), node.position->x), std::min(corner.y(), node.position->y)};
        if (corner.x() < 1e9)
            shift = {std::round((at->x() - corner.x()) / 8) * 8, std::round((at->y() - corner.y()) / 8) * 8};
    }
    pasteText(text, shift, tr("Paste"), agentForPaste(text, at));
}

void Clipboard::duplicate() {
    const auto ids = selectedIds();
    if (ids.empty()) return;
    const QString text = QString::fromUtf8(topology::copyText(store_.document(), ids));
    // Below what is copied, so that the copy can be seen.
    QRectF all;
    for (const topology::NodeId& id : ids) {
        const QString name = QString::fromStdString(id);
        if (const NodeItem* item = scene_.node(name)) all |= item->rect();
        if (const FrameItem* frame = scene_.frame(name)) all |= frame->rect();
    }
    pasteText(text, QPointF(0, std::ceil((all.height() + kPasteStep) / 8) * 8), tr("Duplicate"), {});
}

} // namespace millrace::canvas
