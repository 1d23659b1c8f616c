#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/tool_host.h"

#include <QSet>
#include <QString>

namespace millrace::canvas {

/// Draws a wire from a node to another. Whatever may take it stands out; elsewhere the reason stands at the pointer.
/// Let go over nothing, it asks what to put there.
class WireTool : public CanvasTool {
public:
    WireTool(ToolHost& host, const Pointer& start, const QString& from, bool fromOut);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    QString targetAt(const QPointF& point) const;
    void finish();
    ToolHost& host_;
    QString from_;
    bool fromOut_;
    QPointF now_;
    QSet<QString> fitting_;
    QString target_;
};

} // namespace millrace::canvas
