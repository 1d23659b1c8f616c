#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

namespace millrace::commands {

/// The menu that a command stands in.
enum class Category { file, edit, node, view, panels, run, help };

/// Where a command's keys are heard: everywhere in the window, only where the drawing's parts are chosen (Del in a form
/// must not delete a node), or only on the paper. A key that types a letter, and Tab, Home and Return, are heard on the
/// paper alone, whatever the scope.
enum class Scope { window, drawing, paper };

/// All there is to know of one command. Menus, keys, tooltips and the list of keys are made of these.
struct Command {
    QString id;       ///< never shown; keys that the user changed are kept under it
    const char* text; ///< QT_TRANSLATE_NOOP("Commands", …), with the & of menus
    Category category;
    int group; ///< within its menu; a line is drawn between groups
    QList<QKeySequence> keys = {};
    Scope scope = Scope::window;
    const char* help = nullptr; ///< QT_TRANSLATE_NOOP("Commands", …); null: the text says enough
    /// Told whether it is checked now; of those that cannot be, false.
    std::function<void(bool)> run;
    std::function<bool()> enabled = {};    ///< none: always
    std::function<bool()> checked = {};    ///< none: it cannot be checked
    std::function<QString()> textNow = {}; ///< translated, in the place of `text` where that depends on what there is
};

} // namespace millrace::commands
