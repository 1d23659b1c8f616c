#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace millrace::studio {

/// A question with named answers; the first is the suggested one, the last means "do nothing".
struct Question {
    QString title;
    QString text;
    QStringList details; ///< shown as a list; may be empty
    QStringList answers;
};

/// The one door to dialogs that wait for an answer, so that tests can answer instead.
class Dialogs {
public:
    virtual ~Dialogs() = default;
    /// Index into `answers`; closing the dialog gives the last.
    virtual int ask(QWidget* parent, const Question& question) = 0;
    /// Absolute path; empty when called off.
    virtual QString fileToOpen(QWidget* parent, const QString& directory) = 0;
    virtual QString fileToSave(QWidget* parent, const QString& suggestion) = 0;
    /// Where a picture goes; the ending tells its kind and is appended where none was written.
    virtual QString pictureToSave(QWidget* parent, const QString& suggestion) = 0;
    virtual void tell(QWidget* parent, const QString& title, const QString& text) = 0;
    virtual void openFolder(const QString& path) = 0;
};

/// Those that people see.
Dialogs& desktopDialogs();

} // namespace millrace::studio
