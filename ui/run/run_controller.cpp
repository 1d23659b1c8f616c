#include "run/run_controller.h"

#include "catalog/millrace/document_parts.h"
#include "document/document_store.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <utility>

namespace millrace::studio {

namespace {

using namespace std::chrono_literals;

constexpr auto kPollEvery = 100ms, kApplyAfter = 300ms;
constexpr auto kDrainLimit = 10s;
constexpr double kUsualBurst = 10; // times the rate
constexpr auto kBurstFor = 10s;

/// Where the studio makes the folders that it chooses itself.
QString ownRuns() {
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/runs/");
}

/// No file's folder lies in there, whatever the file is called.
QString untitledRuns() {
    return ownRuns() + QStringLiteral("untitled/");
}

} // namespace

RunController::RunController(DocumentStore& store, std::unique_ptr<session::Session> session, QObject* parent)
    : QObject(parent), store_(store), session_(std::move(session)),
      snapshot_(std::make_shared<const session::Snapshot>()) {
    session_->onAnswer([this](const session::Answer& answer) {
        QMetaObject::invokeMethod(this, [this, answer] { take(answer); }, Qt::QueuedConnection);
    });
    poll_.setInterval(kPollEvery);
    applyDelay_.setInterval(kApplyAfter);
    applyDelay_.setSingleShot(true);
    connect(&poll_, &QTimer::timeout, this, &RunController::poll);
    connect(&applyDelay_, &QTimer::timeout, this, &RunController::applyNow);
    connect(&store_, &DocumentStore::changed, this, &RunController::documentChanged);
}

// The session goes first, and with it the thread that answers; what it still posted dies with the QObject.
RunController::~RunController() {
    session_.reset();
}

bool RunController::editedNotApplied() const {
    return phase_ != Phase::stopped && store_.document().text() != applied_;
}

qint64 RunController::elapsedMs() const {
    return sinceStart_.isValid() ? sinceStart_.elapsed() : 0;
}

bool RunController::hasRunData() const {
    return runDirectory().startsWith(ownRuns()) && !QDir(runDirectory()).isEmpty();
}

bool RunController::deleteRunData() {
    return phase_ == Phase::stopped && hasRunData() && QDir(runDirectory()).removeRecursively();
}

QString RunController::runDirectory() const {
    if (!runDirectory_.isEmpty()) return runDirectory_;
    // Two files of one name in different folders must not share their logs and positions.
    const QByteArray hash = QCryptographicHash::hash(store_.path().toUtf8(), QCryptographicHash::Sha1).toHex().left(8);
    return ownRuns() + QFileInfo(store_.path()).completeBaseName() + QLatin1Char('-') + QString::fromLatin1(hash);
}

void RunController::setRunDirectory(const QString& directory) {
    runDirectory_ = directory;
    folderWaits_ = false;
}

QString RunController::newRunDirectory() {
    return untitledRuns() + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString RunController::exampleRunDirectory(const QString& example) {
    return ownRuns() + QStringLiteral("example-") + example;
}

bool RunController::runsUntitled() const {
    return runDirectory().startsWith(untitledRuns());
}

void RunController::deleteUntitled(const QString& folder) {
    if (QDir::cleanPath(folder).startsWith(untitledRuns())) QDir(folder).removeRecursively();
}

void RunController::useFolderOfFile() {
    folderWaits_ = phase_ != Phase::stopped;
    if (folderWaits_) return;
    const bool untitled = runsUntitled();
    const QString before = std::exchange(runDirectory_, {});
    if (!untitled || !QDir(before).exists()) return;
    QDir().rmdir(runDirectory()); // an empty one is in nobody's way
    if (!QDir().rename(before, runDirectory())) runDirectory_ = before;
}

void RunController::start() {
    if (phase_ != Phase::stopped) return;
    applyDelay_.stop();
    applying_ = 0;
    startFailed_ = false;
    applied_ = store_.document().text();
    setIssues({});
    model_.clear();
    session::StartRequest request;
    request.document = applied_;
    request.runDirectory = runDirectory().toStdString();
    request.renames = std::exchange(renames_, {});
    sentRenames_ = 0;
    setPhase(Phase::starting);
    session_->start(request);
}

void RunController::stop() {
    if (phase_ == Phase::stopped) return;
    applyDelay_.stop();
    setPhase(Phase::stopping);
    session_->stop(std::chrono::duration_cast<std::chrono::milliseconds>(kDrainLimit));
}

// What the last run counted belongs to its document.
void RunController::forgetLastRun() {
    snapshot_ = std::make_shared<const session::Snapshot>();
    model_.clear();
    renames_.clear();
    setIssues({});
    emit snapshotChanged();
}

void RunController::documentChanged(const topology::Edit& edit, const GraphDelta& delta) {
    if (delta.loaded && phase_ == Phase::stopped) forgetLastRun();
    noteRenames(edit);
    if (phase_ == Phase::stopped || phase_ == Phase::stopping) return;
    emit appliedChanged();
    if (editedNotApplied()) applyDelay_.start();
    else applyDelay_.stop();
}

void RunController::noteRenames(const topology::Edit& edit) {
    for (const topology::Rename& rename : edit.renames) {
        // One pair a node, counted from what runs; those of a request under way are left as they were sent.
        bool known = false;
        for (std::size_t i = sentRenames_; i < renames_.size() && !known; ++i) {
            if (renames_[i].to != rename.from) continue;
            renames_[i].to = rename.to;
            known = true;
            if (renames_[i].from == renames_[i].to) renames_.erase(renames_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (!known) renames_.push_back({rename.from, rename.to});
    }
}

void RunController::applyNow() {
    apply(false);
}

void RunController::applyDespiteLoss() {
    apply(true);
}

void RunController::apply(bool allowLoss) {
    applyDelay_.stop();
    if (phase_ != Phase::running || applying_ != 0 || !editedNotApplied() || store_.document().hasErrors()) return;
    session::ApplyRequest request;
    request.document = sent_ = store_.document().text();
    request.renames = renames_;
    request.allowLoss = allowLoss;
    sentRenames_ = renames_.size();
    applying_ = session_->apply(request);
}

void RunController::take(const session::Answer& answer) {
    if (answer.verb == session::TapRequest::kVerb || answer.verb == session::ReadLogsRequest::kVerb ||
        answer.verb == session::HistoryRequest::kVerb)
        return emit looked(answer);
    if (answer.verb == "start") startAnswered(answer);
    else if (answer.verb == "apply") applyAnswered(answer);
    else if (answer.verb == "stop") {
        poll();
        setIssues(answer.issues);
        setPhase(Phase::stopped);
    } else if (!answer.issues.empty()) setIssues(answer.issues);
    emit answered(answer);
}

void RunController::startAnswered(const session::Answer& answer) {
    setIssues(answer.issues);
    startFailed_ = !answer.ok;
    if (phase_ != Phase::starting) return; // stopped meanwhile: that answer is still to come
    setPhase(answer.ok ? Phase::running : Phase::stopped);
    if (answer.ok && editedNotApplied()) applyDelay_.start();
}

void RunController::applyAnswered(const session::Answer& answer) {
    if (answer.request != applying_) return;
    applying_ = 0;
    setIssues(answer.issues);
    if (answer.ok) {
        applied_ = sent_;
        renames_.erase(renames_.begin(), renames_.begin() + static_cast<std::ptrdiff_t>(sentRenames_));
    }
    sentRenames_ = 0;
    emit appliedChanged();
    // A refused text is not sent again before it was changed.
    if (phase_ == Phase::running && store_.document().text() != sent_ && editedNotApplied()) applyDelay_.start();
}

void RunController::burst(const QString& trafficId) {
    session_->burst(trafficId.toStdString(), burstRate(trafficId), kBurstFor);
}

double RunController::burstRate(const QString& trafficId) const {
    const topology::Node* node = store_.graph().find(trafficId.toStdString());
    if (!node) return 0;
    const catalog::ComponentSpec& part = catalog::kTrafficPart;
    const double rate = QString::fromStdString(node->valueOr("rate", part.property("rate")->defaultValue)).toDouble();
    bool given = false;
    const double burst = QString::fromStdString(node->valueOr("burst", "")).toDouble(&given);
    return given ? burst : kUsualBurst * rate;
}

void RunController::useFreeAddress(const QString& taken, const QString& free) {
    const bool again = phase_ == Phase::stopped && startFailed_;
    const auto edit = topology::replaceAddress(store_.document(), taken.toStdString(), free.toStdString());
    if (!store_.push(edit, tr("Use %1 instead of %2").arg(free, taken))) return;
    if (again) start();
    else applyNow();
}

void RunController::setWatched(bool watched) {
    watched_ = watched;
    if (phase_ == Phase::stopped) return;
    if (watched) poll_.start();
    else poll_.stop();
}

void RunController::setPhase(Phase phase) {
    if (phase_ == phase) return;
    phase_ = phase;
    if (phase == Phase::starting) sinceStart_.start();
    if (phase == Phase::stopped) {
        if (folderWaits_) useFolderOfFile();
        sinceStart_.invalidate();
        poll_.stop();
        model_.clear();
        emit snapshotChanged();
    } else if (watched_ && !poll_.isActive()) poll_.start();
    emit phaseChanged();
    emit appliedChanged();
}

std::vector<session::Issue> RunController::furtherIssues() const {
    const auto& told = store_.diagnostics();
    std::vector<session::Issue> further = issues_;
    std::erase_if(further, [&told](const session::Issue& issue) {
        return std::any_of(told.begin(), told.end(), [&issue](const topology::Diagnostic& one) {
            return one.code == issue.code && one.node == issue.node && one.arguments == issue.arguments;
        });
    });
    return further;
}

void RunController::setIssues(std::vector<session::Issue> issues) {
    if (issues_ == issues) return;
    issues_ = std::move(issues);
    emit issuesChanged();
}

void RunController::poll() {
    auto newest = session_->snapshot();
    if (!newest || newest->revision == seenRevision_) return;
    seenRevision_ = newest->revision;
    snapshot_ = std::move(newest);
    model_.add(snapshot_);
    emit snapshotChanged();
}

} // namespace millrace::studio
