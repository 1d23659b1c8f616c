#include "shell/help_dialogs.h"

#include "commands/command_registry.h"
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

using Rows = QList<QPair<QString, QString>>; ///< keys, and what they do

Rows commandRows(const commands::CommandRegistry& registry) {
    Rows rows;
    for (const commands::Command& command : registry.all())
        if (const QString keys = registry.keyText(command.id); !keys.isEmpty())
            rows.append({keys, registry.plainText(command.id)});
    return rows;
}

/// What the canvas makes of keys and pointer by itself.
Rows gestureRows() {
    return {
        {QStringLiteral("Ctrl+Tab, Shift+Tab"), Texts::tr("Leave the canvas, forwards or backwards")},
        {QStringLiteral("Esc"), Texts::tr("Select nothing")},
        {Texts::tr("Arrows"), Texts::tr("Move the selection, or the paper")},
        {Texts::tr("Wheel, Ctrl+wheel"), Texts::tr("Zoom at the pointer")},
        {Texts::tr("Middle button, Space+drag"), Texts::tr("Move the paper")},
        {Texts::tr("Drag from a port or a node's edge, or a node onto another"), Texts::tr("Draw a wire")},
        {Texts::tr("Alt+drag, Ctrl+right drag"), Texts::tr("Cut the wires that are crossed")},
        {Texts::tr("Click on a wire or topic"), Texts::tr("Look at the events that pass")},
    };
}

void addRows(QGridLayout* grid, int column, const Rows& rows, QWidget* dialog) {
    for (int i = 0; i < rows.size(); ++i) {
        auto* keys = new QLabel(rows[i].first, dialog);
        keys->setFont(look::uiFont(1, QFont::DemiBold));
        keys->setWordWrap(true);
        auto* what = new QLabel(rows[i].second, dialog);
        what->setWordWrap(true);
        grid->addWidget(keys, i, column);
        grid->addWidget(what, i, column + 1);
    }
}

} // namespace

void showShortcuts(const commands::CommandRegistry& registry, QWidget* parent) {
    QDialog* dialog = makeDialog(parent, QStringLiteral("shortcuts"), Texts::tr("Keyboard and mouse"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(6);
    addRows(grid, 0, commandRows(registry), dialog);
    addRows(grid, 2, gestureRows(), dialog);
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
