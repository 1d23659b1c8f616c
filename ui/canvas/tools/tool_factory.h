#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/press.h"
#include "canvas/tools/tool_host.h"

#include <memory>
#include <optional>

namespace millrace::canvas {

/// A gesture that has begun, and the pointer's shape while it goes on.
struct Armed {
    std::unique_ptr<CanvasTool> tool; ///< null: such a press begins nothing
    std::optional<Qt::CursorShape> cursor;
};

/// The tool for a press that has become a drag. A new gesture is one row of the table in the source. `locked`: the
/// document must not be changed.
Armed toolFor(ToolHost& host, const Press& press, bool locked);

} // namespace millrace::canvas
