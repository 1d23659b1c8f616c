#include "canvas/canvas_commands.h"

#include "canvas/canvas_scene.h"
#include "document/document_store.h"
#include "document/messages.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

/// Copy, paste and selection: the clipboard holds properties text, as it would stand in a file.
namespace millrace::canvas {

namespace {

constexpr double kPasteStep = 32;

} // namespace

std::vector<topology::NodeId> CanvasCommands::selectedIds() const {
    std::vector<topology::NodeId> ids;
    for (const topology::Node& node : store_.graph().nodes) // in file order, so that the text is
        if (store_.selection().contains(QString::fromStdString(node.id))) ids.push_back(node.id);
    return ids;
}

void CanvasCommands::copy() const {
    const auto ids = selectedIds();
    if (ids.empty()) return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(topology::copyText(store_.document(), ids)));
}

void CanvasCommands::cut() {
    copy();
    remove(store_.selection());
}

bool CanvasCommands::canPaste() const {
    // Anything with a `key = value` may be topology text; what is not is refused with a reason.
    return QGuiApplication::clipboard()->text().contains(QLatin1Char('='));
}

void CanvasCommands::pasteText(const QString& text, const QPointF& shift, const QString& label,
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
    done({});
}

void CanvasCommands::paste(std::optional<QPointF> at) {
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty()) return;
    ++pastes_;
    QPointF shift(kPasteStep * pastes_, kPasteStep * pastes_);
    if (at) {
        // The text's own places are read by pasting into nothing.
        const topology::Document alone = topology::Document::parse(text.toStdString(), store_.document().catalog());
        QPointF corner(1e9, 1e9);
        for (const topology::Node& node : alone.graph().nodes)
            if (node.position) corner = {std::min(corner.x(), node.position->x), std::min(corner.y(), node.position->y)};
        if (corner.x() < 1e9) shift = {std::round((at->x() - corner.x()) / 8) * 8, std::round((at->y() - corner.y()) / 8) * 8};
    }
    // One selected agent says: into this one.
    std::string intoAgent;
    if (const topology::Node* node = store_.selectedNode(); node && node->kind == topology::NodeKind::agent)
        intoAgent = node->name;
    pasteText(text, shift, tr("Paste"), intoAgent);
}

void CanvasCommands::duplicate() {
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
