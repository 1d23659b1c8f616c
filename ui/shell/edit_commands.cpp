#include "canvas/view/canvas_view.h"
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
    using commands::Category, commands::Scope;
    addHistory(registry, parts);
    const auto some = [parts] { return parts.files.isOpen() && !parts.store.selection().isEmpty(); };
    const auto mayChange = [parts] { return parts.files.isOpen() && !parts.store.readOnly(); };
    const auto mayChangeSome = [some, mayChange] { return some() && mayChange(); };
    const auto add = [&](const char* id, const char* text, int group, const QKeySequence& key, auto slot,
                         std::function<bool()> enabled) {
        registry.add({.id = QLatin1String(id),
                      .text = text,
                      .category = Category::edit,
                      .group = group,
                      .keys = {key},
                      .scope = Scope::drawing,
                      .run = [parts, slot](bool) { (parts.canvas.*slot)(); },
                      .enabled = std::move(enabled)});
    };
    using canvas::CanvasView;
    add("cut", QT_TRANSLATE_NOOP("Commands", "Cu&t"), 1, QKeySequence::Cut, &CanvasView::cut, mayChangeSome);
    add("copy", QT_TRANSLATE_NOOP("Commands", "&Copy"), 1, QKeySequence::Copy, &CanvasView::copy, some);
    add("paste", QT_TRANSLATE_NOOP("Commands", "&Paste"), 1, QKeySequence::Paste,
        static_cast<void (CanvasView::*)()>(&CanvasView::paste), mayChange);
    add("duplicate", QT_TRANSLATE_NOOP("Commands", "&Duplicate"), 1, QKeySequence(Qt::CTRL | Qt::Key_D),
        &CanvasView::duplicate, mayChangeSome);
    add("remove", QT_TRANSLATE_NOOP("Commands", "D&elete"), 1, QKeySequence::Delete, &CanvasView::removeSelection,
        mayChangeSome);
    add("rename", QT_TRANSLATE_NOOP("Commands", "Re&name"), 1, QKeySequence(Qt::Key_F2), &CanvasView::renameSelected,
        [parts, mayChange] { return mayChange() && parts.store.selection().size() == 1; });
    add("selectAll", QT_TRANSLATE_NOOP("Commands", "Select &all"), 2, QKeySequence::SelectAll, &CanvasView::selectAll,
        [parts] { return parts.files.isOpen(); });
}

} // namespace millrace::studio
