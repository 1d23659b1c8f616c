#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/tool_host.h"

namespace millrace::canvas {

/// Drags the paper.
class PanTool : public CanvasTool {
public:
    PanTool(ToolHost& host, const Pointer& start) : host_(host), last_(start.view) {}
    void move(const Pointer& pointer) override;
    void release(const Pointer&) override {}
    bool pansAtTheEdge() const override { return false; }

private:
    ToolHost& host_;
    QPoint last_;
};

} // namespace millrace::canvas
