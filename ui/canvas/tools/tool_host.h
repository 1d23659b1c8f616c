#pragma once

#include "canvas/tools/pointer.h"

#include <QRectF>
#include <QString>

namespace millrace::studio {
class DocumentStore;
}

namespace millrace::canvas {

class CanvasCommands;
class CanvasScene;

/// What a hint tells: why something cannot be, or what can be done.
enum class Hint { refusal, advice };

/// The table that a gesture goes on at, as far as tools know it. It outlives every tool.
class ToolHost {
public:
    virtual studio::DocumentStore& store() = 0;
    virtual CanvasScene& canvas() = 0;
    virtual CanvasCommands& commands() = 0;
    virtual double zoom() const = 0; ///< screen px per scene unit
    virtual void panBy(const QPoint& pixels) = 0;
    /// What tools paint over the drawing has changed.
    virtual void toolChanged() = 0;
    /// A short sentence beside a place of the viewport; empty hides it.
    virtual void showHint(const QString& text, const QPoint& at, Hint kind = Hint::refusal) = 0;
    /// Scrolls as far as that needs.
    virtual void makeVisible(const QRectF& scene) = 0;
    virtual QPoint viewPlace(const QPointF& scene) const = 0;
    /// Asks what is to be put there and wired to that end of a node.
    virtual void offerAddingTo(const QString& node, bool fromOut, const QPointF& scene) = 0;
    /// The wire that what is let go there would join; -1: none, or Alt is held.
    virtual int dropStrand(const Pointer& pointer) const = 0;
    /// Lets that wire swell after a moment; -1: none.
    virtual void previewJoin(int strand) = 0;

protected:
    ~ToolHost() = default;
};

} // namespace millrace::canvas
