#pragma once

#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/tool_host.h"

#include "topology/graph/graph.h"

#include <QHash>
#include <QString>

#include <memory>
#include <optional>

namespace millrace::canvas {

class WireTool;

/// Moves nodes; the first takes the grid, the others keep their distance to it. Shift inverts the grid. A single node
/// held over one that may take a wire from it goes back to its place and draws the wire: so a wire starts at any part
/// of a node, and no node ends on top of another by mistake. A node without wires joins the wire it is let go on. Parts
/// let go in the frame of another agent become its parts. Alt only moves.
class MoveTool : public CanvasTool {
public:
    /// `held`: the node or frame under the pointer.
    MoveTool(ToolHost& host, const Pointer& start, const QString& held);
    ~MoveTool() override;
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter, double pixels) const override;

private:
    QString changesTo(const Pointer& pointer) const;
    bool wires(const Pointer& pointer) const;
    std::optional<topology::Wire> joins(const Pointer& pointer) const;
    ToolHost& host_;
    QString held_;
    bool loose_; ///< no wire ends at it, and it moves alone
    QPointF start_, origin_;
    QHash<QString, QPointF> from_, to_;
    std::unique_ptr<WireTool> wire_; ///< while the pointer is over a node that may take one
};

} // namespace millrace::canvas
