#include "shell/document_files.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "shell/app_settings.h"
#include "shell/dialogs.h"
#include "shell/examples.h"
#include "shell/trust.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <chrono>
#include <utility>

namespace millrace::studio {

namespace {

using namespace std::chrono_literals;
constexpr auto kSettle = 200ms;

QString folderOf(const QString& path) {
    return path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
}

} // namespace

DocumentFiles::DocumentFiles(DocumentStore& store, RunController& run, AppSettings& settings, Dialogs& dialogs,
                             QWidget* window)
    : QObject(window), store_(store), run_(run), settings_(settings), dialogs_(dialogs), window_(window) {
    settle_.setSingleShot(true);
    settle_.setInterval(kSettle);
    connect(&settle_, &QTimer::timeout, this, &DocumentFiles::checkDisk);
    connect(&watcher_, &QFileSystemWatcher::fileChanged, &settle_, qOverload<>(&QTimer::start));
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, &settle_, qOverload<>(&QTimer::start));
    connect(&store, &DocumentStore::pathChanged, this, &DocumentFiles::titleChanged);
    connect(&run, &RunController::phaseChanged, this, [this] {
        if (run_.phase() != RunController::Phase::stopped || !leaving_) return;
        const auto again = std::exchange(leaving_, nullptr);
        again();
    });
}

QString DocumentFiles::title() const {
    if (!store_.path().isEmpty() || example_.isEmpty()) return store_.displayName();
    return example_ + QStringLiteral(".conf");
}

bool DocumentFiles::mayClose() {
    const bool modified = open_ && store_.isModified();
    if (modified && givenUp_ == store_.document().text()) return true;
    givenUp_.reset();
    if (!modified) return true;
    Question question{tr("Unsaved changes"),
                      tr("Save the changes in %1?").arg(title()),
                      {},
                      {tr("Save"), tr("Do not save"), tr("Cancel")}};
    if (run_.runsUntitled() && run_.hasRunData())
        question.details.append(tr("What its runs have written is deleted unless it is saved."));
    const int answer = dialogs_.ask(window_, question);
    if (answer == 0) return save();
    if (answer == 1) givenUp_ = store_.document().text();
    return answer == 1;
}

void DocumentFiles::giveUp() {
    if (givenUp_) RunController::deleteUntitled(run_.runDirectory());
    givenUp_.reset();
}

QString DocumentFiles::untitledRunFolder() const {
    return store_.path().isEmpty() ? run_.runDirectory() : QString();
}

bool DocumentFiles::prepareToLeave(std::function<void()> again) {
    using Phase = RunController::Phase;
    if (!mayClose()) return false;
    if (run_.phase() == Phase::stopped) return true;
    const int answer = dialogs_.ask(window_, {tr("The topology is running"),
                                              tr("%1 is running. Stop it first?").arg(title()),
                                              {},
                                              {tr("Stop"), tr("Cancel")}});
    if (answer != 0) {
        stay();
        return false;
    }
    leaving_ = std::move(again);
    if (run_.phase() != Phase::stopping) run_.stop();
    return false;
}

void DocumentFiles::opened(const QString& example, const QString& runFolder) {
    giveUp();
    example_ = example;
    const bool was = open_;
    open_ = true;
    onDisk_.reset();
    settled_ = store_.document().text();
    if (!store_.path().isEmpty()) {
        onDisk_ = settled_;
        run_.setRunDirectory({});
        settings_.addRecentFile(store_.path());
    } else if (!example.isEmpty())
        run_.setRunDirectory(RunController::exampleRunDirectory(example));
    else
        run_.setRunDirectory(runFolder.isEmpty() ? RunController::newRunDirectory() : runFolder);
    watch();
    emit titleChanged();
    if (!was) emit openChanged();
    emit loaded();
}

bool DocumentFiles::newDocument() {
    if (!prepareToLeave([this] { newDocument(); })) return false;
    store_.load(topology::Document::empty(store_.document().catalog()).text(), {});
    ours_ = true;
    opened({});
    return true;
}

bool DocumentFiles::open(const QString& path) {
    if (!prepareToLeave([this, path] { open(path); })) return false;
    QString error;
    if (!store_.open(path, &error)) {
        stay();
        settings_.removeRecentFile(path);
        dialogs_.tell(window_, tr("The file cannot be opened"), error);
        return false;
    }
    ours_ = settings_.isTrusted(fingerprintOf(store_.document().text()));
    opened({});
    return true;
}

bool DocumentFiles::openAsking() {
    const QString path = dialogs_.fileToOpen(window_, folderOf(store_.path()));
    return !path.isEmpty() && open(path);
}

bool DocumentFiles::openExample(const QString& name) {
    const auto text = exampleText(name);
    if (!text || !prepareToLeave([this, name] { openExample(name); })) return false;
    store_.load(*text, {});
    ours_ = true;
    opened(name);
    return true;
}

bool DocumentFiles::recover(const QString& path, const std::string& text, const QString& runFolder) {
    if (!prepareToLeave([this, path, text, runFolder] { recover(path, text, runFolder); })) return false;
    // A file that is gone meanwhile does not take the changes with it.
    if (path.isEmpty() || !store_.open(path, nullptr))
        store_.load(topology::Document::empty(store_.document().catalog()).text(), {});
    ours_ = path.isEmpty() || settings_.isTrusted(fingerprintOf(store_.document().text()));
    opened({}, runFolder);
    topology::Edit edit;
    edit.replacements.push_back({{0, store_.document().text().size()}, text});
    store_.push(edit, tr("Recover"));
    return true;
}

bool DocumentFiles::save() {
    if (store_.path().isEmpty()) return saveAs();
    return mayOverwrite() && saveTo(store_.path());
}

// The watcher tells late, or not at all on some file systems: what is about to be overwritten is read once more.
bool DocumentFiles::mayOverwrite() {
    auto now = topology::readDocumentFile(store_.path().toStdString());
    if (!now || *now == settled_ || *now == store_.document().text()) return true;
    const int answer = dialogs_.ask(window_, {tr("Changed by another program"),
                                              tr("%1 was changed by another program. Saving replaces what it wrote.")
                                                  .arg(title()),
                                              {},
                                              {tr("Save all the same"), tr("Reload"), tr("Cancel")}});
    if (answer == 1) {
        onDisk_ = std::move(*now);
        reload();
        emit diskChanged(OnDisk::same);
    }
    return answer == 0;
}

bool DocumentFiles::saveAs() {
    const QString folder = store_.path().isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                                   : folderOf(store_.path());
    const QString name = store_.path().isEmpty() && example_.isEmpty() ? QStringLiteral("flume.conf") : title();
    const QString path = dialogs_.fileToSave(window_, QDir(folder).filePath(name));
    return !path.isEmpty() && saveTo(path);
}

bool DocumentFiles::saveTo(const QString& path) {
    const QString runFolder = run_.runDirectory();
    QString error;
    if (!store_.save(path, &error)) {
        dialogs_.tell(window_, tr("The file cannot be saved"), error);
        return false;
    }
    run_.setRunDirectory(runFolder);
    run_.useFolderOfFile();
    onDisk_ = settled_ = store_.document().text();
    givenUp_.reset();
    if (ours_) settings_.trust(fingerprintOf(*onDisk_));
    settings_.addRecentFile(store_.path());
    watch();
    emit titleChanged();
    emit diskChanged(OnDisk::same);
    return true;
}

void DocumentFiles::close() {
    giveUp();
    open_ = false;
    watcher_.removePaths(watcher_.files() + watcher_.directories());
    emit openChanged();
}

void DocumentFiles::watch() {
    const QStringList old = watcher_.files() + watcher_.directories();
    if (!old.isEmpty()) watcher_.removePaths(old);
    if (store_.path().isEmpty()) return;
    // The folder too: editors that write beside and rename take the watched file away.
    watcher_.addPath(store_.path());
    watcher_.addPath(folderOf(store_.path()));
}

void DocumentFiles::checkDisk() {
    if (!open_ || store_.path().isEmpty()) return;
    std::optional<std::string> now;
    if (auto text = topology::readDocumentFile(store_.path().toStdString())) now = std::move(*text);
    if (!watcher_.files().contains(store_.path()) && now) watcher_.addPath(store_.path());
    if (now == onDisk_) return;
    onDisk_ = std::move(now);
    if (onDisk_ == store_.document().text()) {
        store_.undoStack().setClean();
        emit diskChanged(OnDisk::same);
        return;
    }
    const bool hereToo = store_.document().text() != settled_;
    store_.undoStack().resetClean();
    emit diskChanged(!onDisk_ ? OnDisk::gone : hereToo ? OnDisk::changedHereToo : OnDisk::changed);
}

void DocumentFiles::keepThis() {
    if (onDisk_) settled_ = *onDisk_;
}

// As one edit, so that undo brings back what was there, and a run takes over the difference.
void DocumentFiles::reload() {
    if (!onDisk_) return;
    const bool running = run_.phase() != RunController::Phase::stopped;
    const bool known = settings_.isTrusted(fingerprintOf(*onDisk_));
    if (running && !known && !mayRunText(topology::Document::parse(*onDisk_, store_.document().catalog()))) return;
    ours_ = running || known;
    topology::Edit edit;
    edit.replacements.push_back({{0, store_.document().text().size()}, *onDisk_});
    store_.push(edit, tr("Reload from disk"));
    settled_ = *onDisk_;
    store_.undoStack().setClean();
}

bool DocumentFiles::mayRun() {
    ours_ = ours_ || mayRunText(store_.document());
    return ours_;
}

bool DocumentFiles::mayRunText(const topology::Document& document) {
    const QStringList reach = reachOf(document, folderOf(store_.path()));
    if (reach.isEmpty()) return true;
    const int answer = dialogs_.ask(window_,
                                    {tr("Run a file from elsewhere?"),
                                     tr("%1 was not made here. When it runs, it does this on your computer:").arg(title()),
                                     reach,
                                     {tr("Run it"), tr("Cancel")}});
    if (answer == 0) settings_.trust(fingerprintOf(document.text()));
    return answer == 0;
}

} // namespace millrace::studio
