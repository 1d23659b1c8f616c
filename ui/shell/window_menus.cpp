#include "shell/window_menus.h"

#include "commands/command_registry.h"
#include "shell/language.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace millrace::studio {

namespace {

using commands::Category;
constexpr const char* kThemes[] = {"system", "light", "dark"};

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

void addChoice(QActionGroup* group, QMenu* menu, const QString& text, const QString& data) {
    QAction* action = group->addAction(menu->addAction(text));
    action->setCheckable(true);
    action->setData(data);
}

} // namespace

QMenu* WindowMenus::make(const char* name) {
    auto* menu = new QMenu(window_);
    menu->setObjectName(QLatin1String(name));
    menu->setToolTipsVisible(true);
    return menu;
}

WindowMenus::WindowMenus(QWidget* window) : QObject(window), window_(window) {
    recent = make("recentMenu");
    examples = make("examplesMenu");
    theme = make("themeMenu");
    language = make("languageMenu");
    menus_ = {{Category::file, make("fileMenu")}, {Category::edit, make("editMenu")},
              {Category::node, make("nodeMenu")}, {Category::view, make("viewMenu")},
              {Category::run, make("runMenu")},   {Category::panels, make("panelsMenu")},
              {Category::help, make("helpMenu")}};
    themes = new QActionGroup(this);
    languages = new QActionGroup(this);
    for (const char* name : kThemes)
        addChoice(themes, theme, {}, QLatin1String(name));
    for (const Language::Choice& choice : Language::choices())
        addChoice(languages, language, choice.name, choice.code);
    translate();
}

void WindowMenus::fill(QMenuBar* bar, const commands::CommandRegistry& registry) {
    of(Category::panels)->addSeparator(); // above it the panels themselves
    for (const auto& [category, menu] : menus_.asKeyValueRange())
        registry.fill(menu, category);
    // The lists of files stand beside "open", above the line.
    const QList<QAction*> file = of(Category::file)->actions();
    QAction* line = file.value(file.indexOf(registry.action(u"save"_qs)) - 1);
    of(Category::file)->insertMenu(line, recent);
    of(Category::file)->insertMenu(line, examples);
    QAction* wheel = registry.action(u"wheelScrolls"_qs);
    for (QMenu* menu : {of(Category::panels), theme, language})
        of(Category::view)->insertMenu(wheel, menu);
    for (const Category category :
         {Category::file, Category::edit, Category::node, Category::view, Category::run, Category::help})
        bar->addMenu(of(category));
}

void WindowMenus::translate() {
    of(Category::file)->setTitle(Texts::tr("&File"));
    of(Category::edit)->setTitle(Texts::tr("&Edit"));
    of(Category::node)->setTitle(Texts::tr("&Node"));
    of(Category::view)->setTitle(Texts::tr("&View"));
    of(Category::panels)->setTitle(Texts::tr("&Panels"));
    of(Category::run)->setTitle(Texts::tr("&Run"));
    of(Category::help)->setTitle(Texts::tr("&Help"));
    recent->setTitle(Texts::tr("Open &recent"));
    examples->setTitle(Texts::tr("&Examples"));
    theme->setTitle(Texts::tr("&Theme"));
    language->setTitle(Texts::tr("&Language"));
    const QList<QAction*> choices = themes->actions();
    choices[0]->setText(Texts::tr("As the &desktop"));
    choices[1]->setText(Texts::tr("&Light"));
    choices[2]->setText(Texts::tr("D&ark"));
    languages->actions().first()->setText(Texts::tr("As the &system"));
}

} // namespace millrace::studio
