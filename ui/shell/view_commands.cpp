#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "document/document_store.h"
#include "look/theme.h"
#include "shell/app_settings.h"
#include "shell/document_files.h"
#include "shell/screen_docks.h"
#include "shell/window_commands.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {

using commands::Category;

void addHabits(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"wheelScrolls"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Wheel scrolls instead of zooming"),
                  .category = Category::view,
                  .group = 2,
                  .run =
                      [parts](bool scrolls) {
                          parts.settings.setWheelScrolls(scrolls);
                          parts.canvas.setWheelScrolls(scrolls);
                      },
                  .checked = [parts] { return parts.settings.wheelScrolls(); }});
    registry.add({.id = u"reducedMotion"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "Reduced &motion"),
                  .category = Category::view,
                  .group = 2,
                  .run =
                      [parts](bool reduced) {
                          parts.settings.setReducedMotion(reduced);
                          look::Theme::instance().setReducedMotion(reduced);
                      },
                  .checked = [parts] { return parts.settings.reducedMotion(); }});
}

} // namespace

void addViewCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"tidyUp"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Tidy up"),
                  .category = Category::view,
                  .group = 1,
                  .keys = {QKeySequence(Qt::CTRL | Qt::Key_L)},
                  .run = [parts](bool) { parts.canvas.tidyUp(); },
                  .enabled = [parts] { return parts.files.isOpen() && !parts.store.readOnly(); }});
    registry.add({.id = u"canvasOnly"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Canvas only"),
                  .category = Category::view,
                  .group = 1,
                  .keys = {QKeySequence(Qt::Key_F11)},
                  .run = [parts](bool only) { parts.showCanvasOnly(only); },
                  .enabled = [parts] { return parts.files.isOpen(); },
                  .checked = parts.canvasOnly});
    addHabits(registry, parts);
}

void addPanelCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"unlockPanels"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Move panels"),
                  .category = Category::panels,
                  .group = 0,
                  .run = [parts](bool movable) { parts.screens.setMovable(movable); },
                  .checked = [parts] { return parts.screens.isMovable(); }});
    registry.add({.id = u"restorePanels"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Restore panels"),
                  .category = Category::panels,
                  .group = 0,
                  .run = [parts](bool) { parts.screens.arrange(); }});
}

} // namespace millrace::studio
