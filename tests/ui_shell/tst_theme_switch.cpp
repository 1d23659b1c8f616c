#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include "look/theme.h"
#include "shell/document_files.h"
#include "screens/outline/outline_panel.h"
#include "shell/palette/palette_panel.h"
#include "shell/screen_docks.h"
#include "shell/window_menus.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QImage>
#include <QTabWidget>

using namespace millrace;
using test::Studio;

namespace {

void choose(Studio& studio, const QString& theme) {
    for (QAction* action : studio.window->menus().themes->actions())
        if (action->data().toString() == theme) action->trigger();
}

void open(Studio& studio) {
    studio.window->resize(1400, 860);
    studio.window->show();
    QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
    studio.window->screens().show(studio.window->screens().get<studio::OutlinePanel>());
    QCoreApplication::processEvents();
}

/// Every panel's picture, by its name.
QMap<QString, QImage> pictures(Studio& studio) {
    QMap<QString, QImage> all;
    QTabWidget* tabs = studio.window->screens().tabs();
    studio.window->setFocus(); // no caret, no ring
    QCoreApplication::processEvents();
    for (const QDockWidget* dock : studio.window->findChildren<QDockWidget*>())
        if (dock->widget() && dock->widget() != tabs) all.insert(dock->objectName(), dock->widget()->grab().toImage());
    for (int i = 0; i < tabs->count(); ++i) {
        tabs->setCurrentIndex(i);
        QCoreApplication::processEvents();
        all.insert(tabs->tabText(i), tabs->widget(i)->grab().toImage());
    }
    tabs->setCurrentIndex(0);
    return all;
}

} // namespace

/// A panel after a change of theme looks like one that has never known another: no word keeps the old one's colours.
class TestThemeSwitch : public QObject {
    Q_OBJECT

private slots:
    void everyPanelTakesTheColoursOfTheNewTheme_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("to dark") << QStringLiteral("light") << QStringLiteral("dark");
        QTest::newRow("to light") << QStringLiteral("dark") << QStringLiteral("light");
    }
    void everyPanelTakesTheColoursOfTheNewTheme() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QMap<QString, QImage> switched, fresh;
        {
            Studio studio;
            choose(studio, before);
            open(studio);
            pictures(studio); // each has been on screen in the old colours
            choose(studio, after);
            QCoreApplication::processEvents();
            switched = pictures(studio);
        }
        {
            Studio studio;
            choose(studio, after);
            open(studio);
            pictures(studio);
            fresh = pictures(studio);
        }
        QVERIFY(fresh.size() >= 6);
        for (auto it = fresh.constBegin(); it != fresh.constEnd(); ++it)
            QVERIFY2(switched.value(it.key()) == it.value(), qPrintable(it.key()));
    }
};

MILLRACE_TEST(TestThemeSwitch)
#include "tst_theme_switch.moc"
