#include "shell/screen_table.h"

#include "inspector/inspector_panel.h"
#include "look/theme.h"
#include "monitor/monitor_panel.h"
#include "screens/log/log_panel.h"
#include "screens/outline/outline_panel.h"
#include "screens/problems/problems_panel.h"
#include "shell/palette/palette_panel.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {

template <typename Panel>
Screen* make(const ScreenParts& parts, QWidget* window) {
    return new Panel(parts.store, parts.run, window);
}

Screen* makePalette(const ScreenParts& parts, QWidget* window) {
    auto* palette = new PalettePanel(parts.store, parts.run, parts.runs, window);
    QObject::connect(palette, &PalettePanel::addWanted, palette, parts.add);
    return palette;
}

using Area = ScreenRow::Area;

constexpr ScreenRow kScreens[] = {
    {.id = "palette",
     .title = QT_TRANSLATE_NOOP("Screens", "Palette"),
     .area = Area::left,
     .width = look::measure::kPaletteWidth,
     .leastWidth = 148,
     .make = makePalette},
    {.id = "outline",
     .title = QT_TRANSLATE_NOOP("Screens", "Outline"),
     .area = Area::left,
     .open = false,
     .width = look::measure::kPaletteWidth,
     .drawingKeys = true,
     .make = make<OutlinePanel>},
    {.id = "inspector",
     .title = QT_TRANSLATE_NOOP("Screens", "Inspector"),
     .area = Area::right,
     .width = look::measure::kInspectorWidth,
     .leastWidth = 260,
     .make = make<InspectorPanel>},
    {.id = "monitor",
     .title = QT_TRANSLATE_NOOP("Screens", "Monitor"),
     .area = Area::bottom,
     .make = make<MonitorPanel>},
    {.id = "problems",
     .title = QT_TRANSLATE_NOOP("Screens", "Problems"),
     .area = Area::bottom,
     .make = make<ProblemsPanel>},
    {.id = "log", .title = QT_TRANSLATE_NOOP("Screens", "Log"), .area = Area::bottom, .make = make<LogPanel>},
};

} // namespace

std::span<const ScreenRow> screenTable() {
    return kScreens;
}

} // namespace millrace::studio
