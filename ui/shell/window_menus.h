#pragma once

#include <QMap>
#include <QObject>

class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace millrace::commands {
class CommandRegistry;
enum class Category;
} // namespace millrace::commands

namespace millrace::studio {

/// The menus of the window, made of its commands, and those that list what there is at the time: files, examples,
/// panels, themes, languages.
class WindowMenus : public QObject {
    Q_OBJECT
public:
    explicit WindowMenus(QWidget* window);
    /// Once, when all commands are declared.
    void fill(QMenuBar* bar, const commands::CommandRegistry& registry);
    void translate();

    QMenu* of(commands::Category category) const { return menus_.value(category); }
    QMenu *recent, *examples, *theme, *language;
    QActionGroup *themes, *languages; ///< data: "system", "light", "dark"; code of the language

private:
    QMenu* make(const char* name);

    QWidget* window_;
    QMap<commands::Category, QMenu*> menus_;
};

} // namespace millrace::studio
