#pragma once

#include "canvas/tools/canvas_mode.h"
#include "canvas/tools/tool_host.h"

#include <memory>

namespace millrace::canvas {

/// What a command can ask for in the drawing.
enum class Asked {
    wireEnd, ///< where a wire of the selected node is to lead
    agent,   ///< whose the selected parts are to be
};

/// The mode that asks for it, not entered yet. A new one is one row of the table in the source. Null: nothing could be
/// answered.
std::unique_ptr<CanvasMode> modeFor(ToolHost& host, Asked what);

} // namespace millrace::canvas
