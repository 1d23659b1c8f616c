#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "shell/dialogs.h"
#include "shell/document_files.h"
#include "shell/notice_bar.h"
#include "shell/window_commands.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

void closeDocument(const WindowParts& parts) {
    if (parts.run.phase() != RunController::Phase::stopped)
        parts.notice.tell(NoticeBar::About::command, Texts::tr("Stop the topology before closing it."));
    else if (parts.files.mayClose())
        parts.files.close();
}

void exportPicture(const WindowParts& parts) {
    const QString path = parts.store.path();
    const QString folder = path.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)
                                          : QFileInfo(path).absolutePath();
    const QString name = QFileInfo(parts.files.title()).completeBaseName() + QStringLiteral(".svg");
    const QString picture = parts.dialogs.pictureToSave(parts.window, QDir(folder).filePath(name));
    QString error;
    if (!picture.isEmpty() && !parts.canvas.exportPicture(picture, &error))
        parts.dialogs.tell(parts.window, Texts::tr("The picture cannot be saved"), error);
}

} // namespace

void addFileCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    using commands::Category;
    const auto isOpen = [parts] { return parts.files.isOpen(); };
    registry.add({.id = u"newDocument"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&New"),
                  .category = Category::file,
                  .group = 0,
                  .keys = {QKeySequence::New},
                  .run = [parts](bool) { parts.files.newDocument(); }});
    registry.add({.id = u"open"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Open…"),
                  .category = Category::file,
                  .group = 0,
                  .keys = {QKeySequence::Open},
                  .run = [parts](bool) { parts.files.openAsking(); }});
    registry.add({.id = u"save"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Save"),
                  .category = Category::file,
                  .group = 1,
                  .keys = {QKeySequence::Save},
                  .run = [parts](bool) { parts.files.save(); },
                  .enabled = isOpen});
    registry.add({.id = u"saveAs"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "Save &as…"),
                  .category = Category::file,
                  .group = 1,
                  .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                  .run = [parts](bool) { parts.files.saveAs(); },
                  .enabled = isOpen});
    registry.add({.id = u"exportPicture"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "Export as &picture…"),
                  .category = Category::file,
                  .group = 1,
                  .run = [parts](bool) { exportPicture(parts); },
                  .enabled = isOpen});
    registry.add({.id = u"closeDocument"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Close"),
                  .category = Category::file,
                  .group = 2,
                  .keys = {QKeySequence(Qt::CTRL | Qt::Key_W)},
                  .run = [parts](bool) { closeDocument(parts); },
                  .enabled = isOpen});
    registry.add({.id = u"quit"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Quit"),
                  .category = Category::file,
                  .group = 2,
                  .keys = {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                  .run = [parts](bool) { parts.window->close(); }});
}

} // namespace millrace::studio
