#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/tool_host.h"

#include <QLineF>

namespace millrace::canvas {

/// Cuts the wires that its line crosses.
class SliceTool : public CanvasTool {
public:
    SliceTool(ToolHost& host, const Pointer& start) : host_(host), line_(start.scene, start.scene) {}
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    ToolHost& host_;
    QLineF line_;
};

} // namespace millrace::canvas
