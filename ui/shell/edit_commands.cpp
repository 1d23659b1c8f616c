#include "canvas/view/drawing_commands.h"
#include "commands/command_registry.h"
#include "document/document_store.h"
#include "shell/document_files.h"
#include "shell/window_commands.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

void addHistory(commands::CommandRegistry& registry, const WindowParts& parts) {
    using commands::Category;
    registry.add({.id = u"undo"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Undo"),
                  .category = Category::edit,
                  .group = 0,
                  .keys = {QKeySequence::Undo},
                  .run = [parts](bool) { parts.store.undoStack().undo(); },
                  .enabled = [parts] { return parts.store.undoStack().canUndo(); },
                  .textNow =
                      [parts] {
                          const QUndoStack& stack = parts.store.undoStack();
                          return stack.canUndo() ? Texts::tr("&Undo: %1").arg(stack.undoText()) : Texts::tr("&Undo");
                      }});
    registry.add({.id = u"redo"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Redo"),
                  .category = Category::edit,
                  .group = 0,
                  .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                  .run = [parts](bool) { parts.store.undoStack().redo(); },
                  .enabled = [parts] { return parts.store.undoStack().canRedo(); },
                  .textNow =
                      [parts] {
                          const QUndoStack& stack = parts.store.undoStack();
                          return stack.canRedo() ? Texts::tr("&Redo: %1").arg(stack.redoText()) : Texts::tr("&Redo");
                      }});
}

} // namespace

void addEditCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    addHistory(registry, parts);
    canvas::addDrawingCommands(registry, parts.canvas, [parts] { return parts.files.isOpen(); });
}

} // namespace millrace::studio
