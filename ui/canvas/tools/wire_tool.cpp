#include "canvas/tools/wire_tool.h"

#include "canvas/commands/canvas_commands.h"
#include "canvas/scene/canvas_scene.h"
#include "canvas/tools/wire_sketch.h"
#include "document/document_store.h"
#include "words/messages.h"

#include <QLineF>

namespace millrace::canvas {

WireTool::WireTool(ToolHost& host, const Pointer& start, const QString& from, bool fromOut)
    : host_(host), from_(from), fromOut_(fromOut), now_(start.scene) {
    const topology::Document& document = host.store().document();
    const std::string id = from.toStdString();
    for (const DrawnNode& node : host.canvas().drawing().nodes)
        if (node.id != from && topology::canConnect(document, id, node.id.toStdString())) fitting_.insert(node.id);
    QSet<QString> bright = fitting_;
    bright.insert(from);
    host.canvas().dimAllBut(bright);
}

QString WireTool::targetAt(const QPointF& point) const {
    // Any part of a node takes the wire; between nodes the nearest fitting port does.
    if (const NodeItem* node = host_.canvas().hits(host_.zoom()).nodeAt(point)) return node->id();
    const double reach = kPortHitPx / host_.zoom();
    QString best;
    double nearest = reach;
    for (const QString& id : fitting_) {
        const NodeItem* item = host_.canvas().node(id);
        for (const auto& port :
             {inPort(item->drawn().shape, item->rect()), outPort(item->drawn().shape, item->rect())}) {
            const double away = port ? QLineF(*port, point).length() : reach + 1;
            if (away >= nearest) continue;
            nearest = away;
            best = id;
        }
    }
    return best;
}

void WireTool::move(const Pointer& pointer) {
    now_ = pointer.scene;
    target_ = targetAt(now_);
    QString reason;
    if (!target_.isEmpty() && target_ != from_ && !fitting_.contains(target_)) {
        const auto verdict = topology::canConnect(host_.store().document(), from_.toStdString(), target_.toStdString());
        if (!verdict) reason = studio::messageOf(verdict.error());
    }
    host_.showHint(reason, pointer.view);
    host_.toolChanged();
}

void WireTool::release(const Pointer& pointer) {
    move(pointer);
    const QString from = from_, target = target_;
    finish();
    if (target.isEmpty())
        host_.offerAddingTo(from, fromOut_, pointer.scene);
    else if (target != from)
        host_.commands().connectNodes(from, target);
}

void WireTool::cancel() {
    finish();
}

void WireTool::finish() {
    host_.canvas().dimAllBut(std::nullopt);
    // A refusal has been read while the pointer was there; connectNodes() tells it again for a quick hand.
    host_.showHint({}, {});
    host_.toolChanged();
}

void WireTool::paint(QPainter& painter, double pixels) const {
    WireSketch{from_, fromOut_, fitting_, target_, now_}.paint(painter, pixels, host_.canvas());
}

} // namespace millrace::canvas
