#include "shell/help_dialogs.h"

#include "look/theme.h"
#include "shell/logo.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QDialog* makeDialog(QWidget* parent, const QString& name, const QString& title) {
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* box = new QVBoxLayout(dialog);
    box->setContentsMargins(28, 24, 28, 20);
    box->setSpacing(look::measure::kSpace4);
    return dialog;
}

void finish(QDialog* dialog) {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    dialog->layout()->addWidget(buttons);
    dialog->show();
}

} // namespace

void showShortcuts(QWidget* parent) {
    QDialog* dialog = makeDialog(parent, QStringLiteral("shortcuts"), Texts::tr("Keyboard and mouse"));
    const QList<QPair<QString, QString>> rows{
        {QStringLiteral("F5, Shift+F5"), Texts::tr("Run, stop")},
        {QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), Texts::tr("Undo, redo")},
        {QStringLiteral("Tab"), Texts::tr("Add a node where the pointer is")},
        {QStringLiteral("Ctrl+Tab, Shift+Tab"), Texts::tr("Leave the canvas, forwards or backwards")},
        {QStringLiteral("F2"), Texts::tr("Rename")},
        {QStringLiteral("Del"), Texts::tr("Delete; what stood around it is joined")},
        {QStringLiteral("Ctrl+C, Ctrl+X, Ctrl+V, Ctrl+D"), Texts::tr("Copy, cut, paste, duplicate")},
        {QStringLiteral("Ctrl+A, Esc"), Texts::tr("Select all, select nothing")},
        {QStringLiteral("F, 1"), Texts::tr("Show everything, show at 100 %")},
        {Texts::tr("Arrows, Ctrl+arrows"), Texts::tr("Move the selection, go to the neighbour")},
        {Texts::tr("Wheel, Ctrl+wheel"), Texts::tr("Zoom at the pointer")},
        {Texts::tr("Middle button, Space+drag"), Texts::tr("Move the paper")},
        {Texts::tr("Drag from a port or a node's edge, or a node onto another"), Texts::tr("Draw a wire")},
        {Texts::tr("Alt+drag, Ctrl+right drag"), Texts::tr("Cut the wires that are crossed")},
        {QStringLiteral("Ctrl+G"), Texts::tr("Group the selected sinks for fail-over")},
        {Texts::tr("Click on a wire or topic"), Texts::tr("Look at the events that pass")},
        {QStringLiteral("F11"), Texts::tr("Canvas only")},
    };
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(6);
    for (int i = 0; i < rows.size(); ++i) {
        auto* keys = new QLabel(rows[i].first, dialog);
        keys->setFont(look::uiFont(1, QFont::DemiBold));
        grid->addWidget(keys, i, 0);
        grid->addWidget(new QLabel(rows[i].second, dialog), i, 1);
    }
    static_cast<QVBoxLayout*>(dialog->layout())->addLayout(grid);
    finish(dialog);
}

void showAbout(QWidget* parent) {
    QDialog* dialog = makeDialog(parent, QStringLiteral("about"), Texts::tr("About Millrace"));
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    auto* name = new QLabel(QStringLiteral("Millrace ") + QCoreApplication::applicationVersion(), dialog);
    name->setFont(look::uiFont(1.6, QFont::DemiBold));
    row->addWidget(new Logo(44, dialog));
    row->addWidget(name, 1);
    static_cast<QVBoxLayout*>(dialog->layout())->addLayout(row);
    auto* text =
        new QLabel(Texts::tr("Draw, run and watch Apache Flume and Apache Kafka topologies.\n\n"
                             "Free software under the GNU General Public License, version 3 or later. Apache, "
                             "Apache Flume and Apache Kafka are trademarks of the Apache Software Foundation."),
                   dialog);
    text->setWordWrap(true);
    text->setMinimumWidth(420);
    dialog->layout()->addWidget(text);
    finish(dialog);
}

} // namespace millrace::studio
