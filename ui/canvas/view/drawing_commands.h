#pragma once

#include <functional>

namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::canvas {

class CanvasView;

/// Declares what can be done in the drawing, in the order of the menus. The view takes its context menus from the
/// registry, which must outlive it or go with it. `open`: whether there is a document to work on.
void addDrawingCommands(commands::CommandRegistry& registry, CanvasView& view, const std::function<bool()>& open);

} // namespace millrace::canvas
