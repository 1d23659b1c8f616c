#pragma once

#include <functional>
#include <span>

class QWidget;

namespace millrace::canvas {
struct PaletteItem;
}
namespace millrace::catalog {
struct ComponentSpec;
}

namespace millrace::studio {

class DocumentStore;
class RunController;
class Screen;

/// What screens are made from. All of it lives as long as they do.
struct ScreenParts {
    DocumentStore& store;
    RunController& run;
    /// Which components this program can run itself.
    std::function<bool(const catalog::ComponentSpec&)> runs;
    /// Puts something into the middle of the drawing.
    std::function<void(const canvas::PaletteItem&)> add;
};

/// One part of the window beside the drawing. Adding one: its folder, and its row in screen_table.cpp.
struct ScreenRow {
    enum class Area { left, right, bottom };
    const char* id;                ///< stays for ever: the user's arrangement of the window names it
    const char* title;             ///< English; translated in the context "Screens"
    Area area;                     ///< at the sides each has a dock of its own, at the bottom they are tabs of one
    bool open = true;              ///< at the first start
    int width = 0, leastWidth = 0; ///< at the sides, px
    bool drawingKeys = false;      ///< the keys of the drawing (Del, Ctrl+C) work in it
    Screen* (*make)(const ScreenParts& parts, QWidget* window);
};

/// In the order in which they stand at their sides and in menus.
std::span<const ScreenRow> screenTable();

} // namespace millrace::studio
