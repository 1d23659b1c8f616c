#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/tool_host.h"

#include <QPointF>
#include <QSet>
#include <QString>

namespace millrace::canvas {

/// Left to right: what is wholly inside, solid frame. Right to left: what is touched, dashed frame.
class BoxTool : public CanvasTool {
public:
    BoxTool(ToolHost& host, const Pointer& start, bool add);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    bool touching() const { return now_.x() < start_.x(); }
    ToolHost& host_;
    QPointF start_, now_;
    QSet<QString> before_;
    bool add_;
};

} // namespace millrace::canvas
