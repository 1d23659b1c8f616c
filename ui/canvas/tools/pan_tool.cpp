#include "canvas/tools/pan_tool.h"

namespace millrace::canvas {

void PanTool::move(const Pointer& pointer) {
    host_.panBy(pointer.view - last_);
    last_ = pointer.view;
}

} // namespace millrace::canvas
