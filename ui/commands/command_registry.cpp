#include "commands/command_registry.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace millrace::commands {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Commands", text);
}

} // namespace

QString withoutLetter(QString text) {
    static const QRegularExpression letterBehind(QStringLiteral("\\(&.\\)"));
    return text.remove(letterBehind).remove(QLatin1Char('&'));
}

CommandRegistry::CommandRegistry(QWidget* window, const QHash<QString, QString>& keys)
    : QObject(window), window_(window), changedKeys_(keys) {}

void CommandRegistry::add(Command command) {
    if (actions_.contains(command.id)) qFatal("two commands are called %s", qPrintable(command.id));
    auto* action = new QAction(window_);
    action->setObjectName(command.id);
    action->setCheckable(static_cast<bool>(command.checked));
    const QString changed = changedKeys_.value(command.id);
    action->setShortcuts(changed.isEmpty() ? command.keys : QKeySequence::listFromString(changed));
    if (command.scope == Scope::window)
        window_->addAction(action); // works too while the menus are hidden
    else
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (const auto& [scope, widget] : std::as_const(listeners_))
        if (scope == command.scope && widget) widget->addAction(action);
    connect(action, &QAction::triggered, this, [run = command.run](bool checked) { run(checked); });
    actions_.insert(command.id, action);
    action->setText(textOf(command));
    commands_.push_back(std::move(command));
}

void CommandRegistry::hear(Scope scope, QWidget* widget) {
    listeners_.append({scope, widget});
    for (const Command& command : commands_)
        if (command.scope == scope) widget->addAction(action(command.id));
}

const Command* CommandRegistry::find(const QString& id) const {
    const auto found = std::ranges::find(commands_, id, &Command::id);
    return found == commands_.end() ? nullptr : &*found;
}

QString CommandRegistry::textOf(const Command& command) const {
    return command.textNow ? command.textNow() : translated(command.text);
}

QString CommandRegistry::plainText(const QString& id) const {
    const Command* command = find(id);
    return command ? withoutLetter(translated(command->text)) : QString();
}

QString CommandRegistry::tip(const QString& id) const {
    const Command* command = find(id);
    if (!command) return {};
    const QString what = command->help ? translated(command->help) : plainText(id);
    const QKeySequence key = action(id)->shortcut();
    //: %1 is what a button does, %2 the key that does it too
    return key.isEmpty() ? what : tr("%1 (%2)").arg(what, key.toString(QKeySequence::NativeText));
}

QString CommandRegistry::keyText(const QString& id) const {
    const QAction* of = action(id);
    return of ? QKeySequence::listToString(of->shortcuts(), QKeySequence::NativeText).replace(u"; "_qs, u", "_qs)
              : QString();
}

void CommandRegistry::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    const Command* command = find(id);
    if (!command) return;
    action(id)->setShortcuts(keys.isEmpty() ? command->keys : keys);
    emit keysChanged(id, QKeySequence::listToString(keys));
    emit wordsChanged();
}

void CommandRegistry::fill(QMenu* menu, Category category) const {
    const Command* last = nullptr;
    for (const Command& command : commands_) {
        if (command.category != category) continue;
        if (last && last->group != command.group) menu->addSeparator();
        menu->addAction(action(command.id));
        last = &command;
    }
}

void CommandRegistry::refresh() {
    for (const Command& command : commands_) {
        QAction* of = action(command.id);
        of->setEnabled(!command.enabled || command.enabled());
        if (command.checked) of->setChecked(command.checked());
        if (command.textNow) of->setText(command.textNow());
    }
}

void CommandRegistry::translate() {
    for (const Command& command : commands_) {
        action(command.id)->setText(textOf(command));
        if (command.help) action(command.id)->setToolTip(translated(command.help));
    }
    emit wordsChanged();
}

} // namespace millrace::commands
