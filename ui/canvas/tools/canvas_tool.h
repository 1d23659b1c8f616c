#pragma once

#include "topology/graph/graph.h"

#include <QHash>
#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QSet>
#include <QString>

#include <memory>
#include <optional>

class QPainter;

namespace millrace::canvas {

class CanvasView;
class CanvasScene;

/// How near a port must be to be meant, and a wire to be what is dropped goes into. Screen px.
inline constexpr double kPortHitPx = 18, kDropHitPx = 16;

/// Where the pointer is while a gesture goes on.
struct Pointer {
    QPoint view;     ///< px in the viewport
    QPointF scene;
    Qt::KeyboardModifiers modifiers;
};

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

/// Drags the paper.
class PanTool : public CanvasTool {
public:
    PanTool(CanvasView& view, const Pointer& start) : view_(view), last_(start.view) {}
    void move(const Pointer& pointer) override;
    void release(const Pointer&) override {}
    bool pansAtTheEdge() const override { return false; }

private:
    CanvasView& view_;
    QPoint last_;
};

/// Left to right: what is wholly inside, solid frame. Right to left: what is touched, dashed frame.
class BoxTool : public CanvasTool {
public:
    BoxTool(CanvasView& view, const Pointer& start, bool add);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    bool touching() const { return now_.x() < start_.x(); }
    CanvasView& view_;
    QPointF start_, now_;
    QSet<QString> before_;
    bool add_;
};

/// Cuts the wires that its line crosses.
class SliceTool : public CanvasTool {
public:
    SliceTool(CanvasView& view, const Pointer& start) : view_(view), line_(start.scene, start.scene) {}
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    CanvasView& view_;
    QLineF line_;
};

class WireTool;

/// Moves nodes; the first takes the grid, the others keep their distance to it. Shift inverts the grid. A single node
/// held over one that may take a wire from it goes back to its place and draws the wire: so a wire starts at any part
/// of a node, and no node ends on top of another by mistake. A node without wires joins the wire it is let go on. Alt
/// only moves.
class MoveTool : public CanvasTool {
public:
    /// `held`: the node or frame under the pointer.
    MoveTool(CanvasView& view, const Pointer& start, const QString& held);
    ~MoveTool() override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    bool wires(const Pointer& pointer) const;
    std::optional<topology::Wire> joins(const Pointer& pointer) const;
    CanvasView& view_;
    QString held_;
    bool loose_; ///< no wire ends at it, and it moves alone
    QPointF start_, origin_;
    QHash<QString, QPointF> from_, to_;
    std::unique_ptr<WireTool> wire_; ///< while the pointer is over a node that may take one
};

/// Draws a wire from a node to another. Whatever may take it stands out; elsewhere the reason stands at the pointer. Let
/// go over nothing, it asks what to put there.
class WireTool : public CanvasTool {
public:
    WireTool(CanvasView& view, const Pointer& start, const QString& from, bool fromOut);
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    QString targetAt(const QPointF& point) const;
    void finish();
    CanvasView& view_;
    QString from_;
    bool fromOut_;
    QPointF now_;
    QSet<QString> fitting_;
    QString target_;
};

} // namespace millrace::canvas
