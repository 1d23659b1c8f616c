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

/// Such a key means something else wherever a person types or chooses from a list.
bool isForPaper(const QKeySequence& key) {
    if (key.isEmpty() || key[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    const Qt::Key first = key[0].key();
    return first < Qt::Key_Escape || first == Qt::Key_Tab || first == Qt::Key_Home || first == Qt::Key_Return;
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
    if (command.scope == Scope::window)
        window_->addAction(action); // works too while the menus are hidden
    else
        action->setShortcutContext(command.scope == Scope::paper ? Qt::WidgetShortcut : Qt::WidgetWithChildrenShortcut);
    for (const auto& [scope, widget] : std::as_const(listeners_))
        if (scope == command.scope && widget) widget->addAction(action);
    connect(action, &QAction::triggered, this, [run = command.run](bool checked) { run(checked); });
    actions_.insert(command.id, action);
    giveKeys(command, changed.isEmpty() ? command.keys : QKeySequence::listFromString(changed));
    giveText(command);
    commands_.push_back(std::move(command));
}

void CommandRegistry::hear(Scope scope, QWidget* widget) {
    listeners_.append({scope, widget});
    for (const Command& command : commands_) {
        if (command.scope == scope) widget->addAction(action(command.id));
        if (scope == Scope::paper && paperActions_.contains(command.id)) widget->addAction(paperActions_[command.id]);
    }
}

QAction* CommandRegistry::paperAction(const Command& command) {
    if (QAction* made = paperActions_.value(command.id)) return made;
    QAction* whole = action(command.id);
    auto* made = new QAction(window_);
    made->setShortcutContext(Qt::WidgetShortcut); // not in a field that lies on the paper
    made->setEnabled(whole->isEnabled());
    connect(made, &QAction::triggered, whole, &QAction::trigger);
    connect(whole, &QAction::enabledChanged, made, &QAction::setEnabled);
    for (const auto& [scope, widget] : std::as_const(listeners_))
        if (scope == Scope::paper && widget) widget->addAction(made);
    return *paperActions_.insert(command.id, made);
}

void CommandRegistry::giveKeys(const Command& command, const QList<QKeySequence>& keys) {
    QList<QKeySequence> paper, others;
    for (const QKeySequence& key : keys)
        (isForPaper(key) ? paper : others).append(key);
    keys_.insert(command.id, keys);
    action(command.id)->setShortcuts(others);
    if (!paper.isEmpty() || paperActions_.contains(command.id)) paperAction(command)->setShortcuts(paper);
}

void CommandRegistry::giveText(const Command& command) {
    QAction* of = action(command.id);
    const QKeySequence key = keys_.value(command.id).value(0);
    // A menu writes the key of its action by itself; those of the paper it does not know.
    const bool hidden = !key.isEmpty() && of->shortcut().isEmpty();
    of->setText(hidden ? textOf(command) + QLatin1Char('\t') + key.toString(QKeySequence::NativeText)
                       : textOf(command));
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
    const QKeySequence key = keys_.value(id).value(0);
    //: %1 is what a button does, %2 the key that does it too
    return key.isEmpty() ? what : tr("%1 (%2)").arg(what, key.toString(QKeySequence::NativeText));
}

QString CommandRegistry::keyText(const QString& id) const {
    return QKeySequence::listToString(keys_.value(id), QKeySequence::NativeText).replace(u"; "_qs, u", "_qs);
}

void CommandRegistry::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    const Command* command = find(id);
    if (!command) return;
    giveKeys(*command, keys.isEmpty() ? command->keys : keys);
    giveText(*command);
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
        if (command.textNow) giveText(command);
    }
}

void CommandRegistry::translate() {
    for (const Command& command : commands_) {
        giveText(command);
        if (command.help) action(command.id)->setToolTip(translated(command.help));
    }
    emit wordsChanged();
}

} // namespace millrace::commands
