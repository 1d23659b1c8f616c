#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

class QWidget;

namespace millrace::topology {
class Document;
}

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

    /// What became of the open document's file outside: it is as we left it again (or holds what is shown), it holds
    /// something else, that while there are changes here too, or it is not there any more.
    enum class OnDisk { same, changed, changedHereToo, gone };

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
    /// Opens `path` (empty: an untitled document) and brings back `text` as an unsaved change of it. The runs of an
    /// untitled one go on in `runFolder`; empty = in a new one.
    bool recover(const QString& path, const std::string& text, const QString& runFolder);
    /// Asks before it replaces what another program has written into the file meanwhile.
    bool save();
    bool saveAs();
    /// Asks when there are changes; true = they may go. What was agreed to is not asked again while the text stays as
    /// it was then, until stay().
    bool mayClose();
    /// The document is not left after all.
    void stay() { givenUp_.reset(); }
    /// The document is left: what the runs of an untitled one wrote goes with the changes that were given up.
    void giveUp();
    void close();
    /// Takes what the file holds now. During a run it asks what mayRun() asks.
    void reload();
    /// What the file holds now has been seen and is not wanted: saving replaces it without asking. Does nothing when
    /// the file is gone.
    void keepThis();
    /// Where the runs of a document without a file write; empty when it has a file.
    QString untitledRunFolder() const;
    /// Asks before the first run of a document from elsewhere that starts commands or leaves its folder.
    bool mayRun();

signals:
    void titleChanged();
    void openChanged();
    void loaded(); ///< another document is shown now
    /// Unless it is the same, the document counts as modified from now on.
    void diskChanged(OnDisk now);

private:
    bool prepareToLeave(std::function<void()> again);
    void opened(const QString& example, const QString& runFolder = {});
    bool mayRunText(const topology::Document& document);
    bool mayOverwrite();
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
    std::optional<std::string> onDisk_;  ///< what the file held when it was last looked at; none: it is not there
    std::string settled_;                ///< what the file held when it was last read, saved or knowingly left
    std::optional<std::string> givenUp_; ///< the text that the user agreed to lose
    std::function<void()> leaving_;      ///< what was wished for, to be done when the run has stopped
    QString example_;    ///< name of the example that the document began as
    bool open_ = false;
    bool ours_ = true; ///< made here, or from the gallery
};

} // namespace millrace::studio
