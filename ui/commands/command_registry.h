#pragma once

#include "commands/command.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace millrace::commands {

/// The commands of a window, each as one action. Texts follow translate(), states refresh(). GUI thread only.
class CommandRegistry : public QObject {
    Q_OBJECT
public:
    /// `keys` are those that the user changed, by the command's id, as QKeySequence::listToString() writes them.
    /// `window` owns the registry and its actions.
    CommandRegistry(QWidget* window, const QHash<QString, QString>& keys);

    /// An id that is taken ends the program: two commands would share their keys.
    void add(Command command);
    /// Keys of `scope` are heard in `widget` too.
    void hear(Scope scope, QWidget* widget);
    const std::vector<Command>& all() const { return commands_; }
    /// Null when there is none of that id.
    QAction* action(const QString& id) const { return actions_.value(id); }
    /// What it is called outside of menus: without the letter that opens it.
    QString plainText(const QString& id) const;
    /// For a button: what it does, and its first key.
    QString tip(const QString& id) const;
    /// All of them, wherever they are heard; as declared, or as the user changed them.
    QList<QKeySequence> keys(const QString& id) const { return keys_.value(id); }
    /// As the desktop writes them; empty when it has none.
    QString keyText(const QString& id) const;
    /// Empty = those that it is declared with.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    /// The commands of a category in their order, with lines between the groups.
    void fill(QMenu* menu, Category category) const;

public slots:
    void refresh();
    void translate();

signals:
    /// `keys` as the constructor takes them; empty = they are as declared again.
    void keysChanged(const QString& id, const QString& keys);
    /// Texts or keys have changed.
    void wordsChanged();

private:
    const Command* find(const QString& id) const;
    QString textOf(const Command& command) const;
    void giveKeys(const Command& command, const QList<QKeySequence>& keys);
    void giveText(const Command& command);
    /// Hears the keys that only the paper hears.
    QAction* paperAction(const Command& command);

    QWidget* window_;
    QHash<QString, QString> changedKeys_;
    std::vector<Command> commands_;
    QHash<QString, QAction*> actions_, paperActions_;
    QHash<QString, QList<QKeySequence>> keys_;
    QList<QPair<Scope, QPointer<QWidget>>> listeners_;
};

/// A menu's text without the letter that opens it: "&File" and "文件(&F)" alike.
QString withoutLetter(QString text);

} // namespace millrace::commands
