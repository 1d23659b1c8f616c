#pragma once

#include "canvas/tools/press.h"

class QKeyEvent;
class QPainter;

namespace millrace::canvas {

/// Something that lives beyond one drag: from a command until it has been answered or left. Keys and clicks of the
/// drawing go to it first.
class CanvasMode {
public:
    virtual ~CanvasMode() = default;
    /// Once, before anything else.
    virtual void enter() = 0;
    /// Leaves everything as it was before. At most once, and not after over().
    virtual void cancel() = 0;
    /// False: the key means nothing here.
    virtual bool key(const QKeyEvent& event) = 0;
    virtual void click(const Press& press) = 0;
    /// Nothing more is to be asked: the mode goes.
    virtual bool over() const = 0;
    /// Over the drawing, in scene units; `pixels`: screen px per unit.
    virtual void paint(QPainter& painter, double pixels) const = 0;
};

} // namespace millrace::canvas
