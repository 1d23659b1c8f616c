#pragma once

#include "canvas/tools/pointer.h"

class QPainter;

namespace millrace::canvas {

/// One gesture from the moment it is recognised to its end. Ending or cancelling happens at most once.
class CanvasTool {
public:
    virtual ~CanvasTool() = default;
    virtual void move(const Pointer& pointer) = 0;
    virtual void release(const Pointer& pointer) = 0;
    /// Leaves everything as it was before.
    virtual void cancel() {}
    /// Over the drawing, in scene units; `pixels`: screen px per unit.
    virtual void paint(QPainter&, double /*pixels*/) const {}
    /// Near the border of the view the drawing comes along.
    virtual bool pansAtTheEdge() const { return true; }
};

} // namespace millrace::canvas
