#include "commands/command_registry.h"
#include "document/document_store.h"
#include "look/numbers.h"
#include "run/run_controller.h"
#include "shell/dialogs.h"
#include "shell/document_files.h"
#include "shell/help_dialogs.h"
#include "shell/notice_bar.h"
#include "shell/window_commands.h"

#include <QCoreApplication>
#include <QDir>

namespace millrace::studio {

namespace {

using commands::Category;
using Phase = RunController::Phase;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

/// The selected traffic node, or the only one there is.
QString pickedTraffic(const DocumentStore& store) {
    const auto all = store.graph().ofKind(topology::NodeKind::traffic);
    for (const topology::Node* node : all)
        if (store.selection().contains(QString::fromStdString(node->id))) return QString::fromStdString(node->id);
    return all.size() == 1 ? QString::fromStdString(all.front()->id) : QString();
}

void deleteRunData(const WindowParts& parts) {
    const QString folder = parts.run.runDirectory();
    const Question question{Texts::tr("Delete the run data?"),
                            Texts::tr("What runs of this document have written is deleted: records of topics, "
                                      "positions, files that sinks made. The document itself stays."),
                            {folder},
                            {Texts::tr("Delete"), Texts::tr("Cancel")}};
    if (parts.dialogs.ask(parts.window, question) != 0) return;
    if (!parts.run.deleteRunData() && parts.run.hasRunData())
        parts.notice.tell(NoticeBar::About::command, Texts::tr("Not everything in %1 could be deleted.").arg(folder));
}

void addRunData(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"openRunFolder"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "Open run &folder"),
                  .category = Category::run,
                  .group = 2,
                  .run =
                      [parts](bool) {
                          QDir().mkpath(parts.run.runDirectory()); // before the first run there is none
                          parts.dialogs.openFolder(parts.run.runDirectory());
                      },
                  .enabled = [parts] { return parts.files.isOpen(); }});
    registry.add({.id = u"deleteRunData"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Delete run data…"),
                  .category = Category::run,
                  .group = 2,
                  .run = [parts](bool) { deleteRunData(parts); },
                  .enabled = [parts] { return parts.run.phase() == Phase::stopped; }});
}

} // namespace

void addRunCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"run"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Run"),
                  .category = Category::run,
                  .group = 0,
                  .keys = {QKeySequence(Qt::Key_F5)},
                  .help = QT_TRANSLATE_NOOP("Commands", "Run the topology"),
                  .run = [parts](bool) { parts.startRun(); },
                  .enabled = [parts] { return parts.files.isOpen() && parts.run.phase() == Phase::stopped; }});
    registry.add({.id = u"stop"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Stop"),
                  .category = Category::run,
                  .group = 0,
                  .keys = {QKeySequence(Qt::SHIFT | Qt::Key_F5)},
                  .help = QT_TRANSLATE_NOOP("Commands", "Stop; events on the way are delivered first"),
                  .run = [parts](bool) { parts.run.stop(); },
                  .enabled = [parts] { return parts.run.phase() != Phase::stopped; }});
    registry.add({.id = u"burst"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Burst of traffic"),
                  .category = Category::run,
                  .group = 1,
                  .run = [parts](bool) { parts.run.burst(pickedTraffic(parts.store)); },
                  .enabled =
                      [parts] {
                          return parts.run.phase() == Phase::running && parts.run.session().capabilities().has("burst") &&
                                 !pickedTraffic(parts.store).isEmpty();
                      },
                  .textNow =
                      [parts] {
                          const QString picked = pickedTraffic(parts.store);
                          return picked.isEmpty() ? Texts::tr("&Burst of traffic")
                                                  : Texts::tr("&Burst: %1 for ten seconds")
                                                        .arg(look::rate(parts.run.burstRate(picked)));
                      }});
    addRunData(registry, parts);
}

void addHelpCommands(commands::CommandRegistry& registry, const WindowParts& parts) {
    registry.add({.id = u"shortcuts"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&Keyboard and mouse"),
                  .category = Category::help,
                  .group = 0,
                  .keys = {QKeySequence(Qt::Key_F1)},
                  .run = [parts, &registry](bool) { showShortcuts(registry, parts.window); }});
    registry.add({.id = u"about"_qs,
                  .text = QT_TRANSLATE_NOOP("Commands", "&About Millrace"),
                  .category = Category::help,
                  .group = 0,
                  .run = [parts](bool) { showAbout(parts.window); }});
}

} // namespace millrace::studio
