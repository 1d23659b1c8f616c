#include "canvas/tools/slice_tool.h"

#include "canvas/commands/canvas_commands.h"
#include "canvas/scene/canvas_scene.h"
#include "look/theme.h"

#include <QPainter>

namespace millrace::canvas {

void SliceTool::move(const Pointer& pointer) {
    line_.setP2(pointer.scene);
    host_.toolChanged();
}

void SliceTool::release(const Pointer& pointer) {
    move(pointer);
    std::vector<topology::Wire> wires;
    for (const int strand : host_.canvas().wires().crossedBy(line_))
        wires.push_back(host_.canvas().wires().strands()[static_cast<std::size_t>(strand)].drawn.wire);
    host_.commands().disconnect(wires);
}

void SliceTool::cancel() {
    host_.toolChanged();
}

void SliceTool::paint(QPainter& painter, double pixels) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look::colours().fail, 4));
    for (const int strand : host_.canvas().wires().crossedBy(line_))
        painter.drawPath(host_.canvas().wires().strands()[static_cast<std::size_t>(strand)].path);
    painter.setPen(QPen(look::colours().fail, 1.5 / pixels, Qt::DashLine));
    painter.drawLine(line_);
}

} // namespace millrace::canvas
