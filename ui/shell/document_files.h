#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <string>

class QWidget;

namespace millrace::studio {

class AppSettings;
class Dialogs;
class DocumentStore;
class RunController;

/// New, open, save: where the open document came from, whether it may run without asking, and what happens to its file
/// meanwhile. GUI thread only.
class DocumentFiles : public QObject {
    Q_OBJECT
public:
    DocumentFiles(DocumentStore& store, RunController& run, AppSettings& settings, Dialogs& dialogs, QWidget* window);

    /// False when no document is open (start page).
    bool isOpen() const { return open_; }
    /// What the bar calls it: file name, or the example's.
    QString title() const;
    /// Each returns false when the user called it off or it failed (then it was told why). While something runs they
    /// ask; agreed, they stop it and do their work when it has stopped (false at first).
    bool newDocument();
    bool open(const QString& path);
    bool openAsking();
    bool openExample(const QString& name);
    /// Opens `path` (empty: an untitled document) and brings back `text` as an unsaved change of it.
    bool recover(const QString& path, const std::string& text);
    bool save();
    bool saveAs();
    /// Asks when there are changes; true = they may go.
    bool mayClose();
    void close();
    void reload();
    /// Asks before the first run of a document from elsewhere that starts commands or leaves its folder.
    bool mayRun();

signals:
    void titleChanged();
    void openChanged();
    void loaded(); ///< another document is shown now
    void changedOnDisk();

private:
    bool prepareToLeave(std::function<void()> again);
    void opened(const QString& example);
    bool saveTo(const QString& path);
    void watch();
    void checkDisk();

    DocumentStore& store_;
    RunController& run_;
    AppSettings& settings_;
    Dialogs& dialogs_;
    QWidget* window_;
    QFileSystemWatcher watcher_;
    QTimer settle_;      ///< a file is often written in several steps
    std::string onDisk_; ///< what the file held when it was last read or written by us
    QString example_;    ///< name of the example that the document began as
    bool open_ = false;
    bool ours_ = true; ///< made here, or from the gallery
};

} // namespace millrace::studio
