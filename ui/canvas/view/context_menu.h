#pragma once

class QPoint;

namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::canvas {

class CanvasView;

/// What the context menu was opened at.
enum class Under { paper = 1, agent = 2, node = 4, wire = 8, ghost = 16, traffic = 32 };

/// Opens the menu of that place, in global px: what can be done there, and nothing that cannot. Opens none when nothing
/// can. What a menu holds is one table in the source; the words and keys are the registry's.
void openContextMenu(CanvasView& view, commands::CommandRegistry& registry, Under under, const QPoint& global);

} // namespace millrace::canvas
