#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include "inspector/inspector_panel.h"
#include "inspector/property_form.h"
#include "shell/document_files.h"
#include "shell/screen_docks.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTabWidget>

using namespace millrace;
using test::Studio;

namespace {

QString describe(const QWidget* widget) {
    return QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
}

QString accessibleName(QWidget* widget) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name) : QString();
}

/// What takes the keyboard within `root`, in the order of Tab.
QList<QWidget*> tabOrder(QWidget* root) {
    QList<QWidget*> order;
    for (QWidget* widget = root->nextInFocusChain(); widget != root; widget = widget->nextInFocusChain())
        if (root->isAncestorOf(widget) && widget->isVisibleTo(root) && (widget->focusPolicy() & Qt::TabFocus) &&
            !widget->focusProxy())
            order.append(widget);
    return order;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyControlHasAName_data() {
        QTest::addColumn<QString>("node");
        for (const char* node : {"", "web/sources/access", "web/channels/buffer", "topic/weblog", "cluster/local",
                                 "traffic/visitors", "agent/web", "note/hint"})
            QTest::newRow(*node ? node : "nothing selected") << QString::fromLatin1(node);
    }
    void everyControlHasAName() {
        QFETCH(QString, node);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        if (!node.isEmpty()) studio.window->store().select({node});
        studio.start({});
        const auto check = [&studio] {
            for (QWidget* widget : studio.window->findChildren<QWidget*>()) {
                const bool button = qobject_cast<QAbstractButton*>(widget);
                if (!widget->isVisible() || !(button || qobject_cast<QLineEdit*>(widget))) continue;
                if (!button && widget->focusPolicy() == Qt::NoFocus) continue;
                QVERIFY2(!accessibleName(widget).isEmpty(), qPrintable(describe(widget)));
                const auto* pressed = qobject_cast<QAbstractButton*>(widget);
                if (pressed && pressed->text().isEmpty() && !pressed->icon().isNull())
                    QVERIFY2(!pressed->toolTip().isEmpty(), qPrintable(describe(widget)));
            }
        };
        auto* tabs = studio.window->screens().tabs();
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            check();
        }
    }

    void tabGoesDownTheForm_data() {
        QTest::addColumn<QString>("node");
        for (const char* node : {"web/sources/access", "web/channels/buffer", "web/sinks/to-weblog", "topic/weblog"})
            QTest::newRow(node) << QString::fromLatin1(node);
    }
    void tabGoesDownTheForm() {
        QFETCH(QString, node);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->store().select({node});
        studio::PropertyForm* form = studio.window->screens().get<studio::InspectorPanel>().form();
        const QList<QWidget*> order = tabOrder(form);
        QVERIFY(order.size() > 2);
        for (qsizetype i = 1; i < order.size(); ++i) {
            const QPoint before = order[i - 1]->mapTo(form, order[i - 1]->rect().bottomLeft());
            const QPoint after = order[i]->mapTo(form, order[i]->rect().bottomLeft());
            QVERIFY2(after.y() > before.y() - 24,
                     qPrintable(describe(order[i - 1]) + QStringLiteral(" before ") + describe(order[i])));
        }
    }
};

MILLRACE_TEST(TestAccessibility)
#include "tst_accessibility.moc"
