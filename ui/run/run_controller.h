#pragma once

#include "run/run_model.h"
#include "session/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace millrace::topology {
struct Edit;
}

namespace millrace::studio {

class DocumentStore;
struct GraphDelta;

/// Runs the open document through a Session and tells the views what is known at 10 Hz while someone looks. The views
/// never touch the session's threads. GUI thread only.
class RunController : public QObject {
    Q_OBJECT
public:
    enum class Phase { stopped, starting, running, stopping };
    /// `store` must outlive the controller.
    RunController(DocumentStore& store, std::unique_ptr<session::Session> session, QObject* parent = nullptr);
    ~RunController() override;

    Phase phase() const { return phase_; }
    /// True while what runs is not what is drawn: there are errors, the runtime refused it, or the edit is younger than
    /// 300 ms.
    bool editedNotApplied() const;
    /// Milliseconds since the start; 0 when stopped.
    qint64 elapsedMs() const;
    /// The folder where this document's runs write: what was set last, at first one of newRunDirectory(). Not made
    /// before the start.
    QString runDirectory() const;
    /// For documents that have no file (examples, untitled); empty = the file's own again.
    void setRunDirectory(const QString& directory);
    /// For a document that has no file yet: another one at each call.
    static QString newRunDirectory();
    static QString exampleRunDirectory(const QString& example);
    /// The document has got another file: the next run writes in that file's folder. What the runs of an untitled
    /// document wrote moves there, unless earlier runs of the file left something. While a run is on, when it has
    /// stopped.
    void useFolderOfFile();
    /// The folder is one of newRunDirectory().
    bool runsUntitled() const;
    /// Gives one of newRunDirectory() to RunTrash, and nothing else.
    static void deleteUntitled(const QString& folder);

    /// Earlier runs left something in a folder that the studio chose itself. Any other folder is the user's.
    bool hasRunData() const;
    /// Gives it to RunTrash, so that the next run starts afresh. False: nothing to delete, a run is on, or it could not
    /// be moved away.
    bool deleteRunData();

    void start();
    /// Drains; a second call while that is under way ends at once.
    void stop();
    /// Applies the document now instead of 300 ms after the last change (end of a gesture, field left). Does nothing when
    /// all is applied, nothing runs or the document has errors.
    void applyNow();
    /// Repeats a refused apply, agreeing to lose the events that the refusal named.
    void applyDespiteLoss();
    /// Ten seconds at burstRate().
    void burst(const QString& trafficId);
    /// Events a second: the node's `burst`, else ten times its `rate`.
    double burstRate(const QString& trafficId) const;
    /// Follows the advice of a problem that names a taken address: replaces it everywhere as one undo step, and starts
    /// again when the start failed for it.
    void useFreeAddress(const QString& taken, const QString& free);
    /// False while no window shows what runs: snapshots are not fetched then.
    void setWatched(bool watched);

    /// Never null.
    const std::shared_ptr<const session::Snapshot>& snapshot() const { return snapshot_; }
    /// Null when the runtime does not tell about this node. Valid until the next snapshotChanged().
    const session::NodeSnapshot* node(const QString& nodeId) const { return model_.node(nodeId); }
    NodeRates rates(const QString& nodeId) const { return model_.rates(nodeId); }
    /// Records per second into a topic ("CLUSTER/NAME").
    std::optional<double> topicRate(const QString& clusterAndName) const { return model_.topicRate(clusterAndName); }
    /// All that is worked out from the snapshots.
    const RunModel& model() const { return model_; }
    /// Its answers come as answered() and looked().
    session::Session& session() { return *session_; }
    /// Renames of the drawing that the session has not been told yet, or is being told.
    const std::vector<session::RenamePair>& pendingRenames() const { return renames_; }
    /// Problems of the last start or apply.
    const std::vector<session::Issue>& issues() const { return issues_; }
    /// Those of them that the document's own diagnostics do not tell already.
    std::vector<session::Issue> furtherIssues() const;

signals:
    void phaseChanged();
    void snapshotChanged(); ///< at most 10 times a second
    void appliedChanged();  ///< editedNotApplied() may have another value
    void answered(const session::Answer& answer);
    void looked(const session::Answer& answer); ///< the answer to a request that only looks: a tap, the log, the history
    void issuesChanged();

private:
    void documentChanged(const topology::Edit& edit, const GraphDelta& delta);
    void forgetLastRun();
    void noteRenames(const topology::Edit& edit);
    void apply(bool allowLoss);
    void take(const session::Answer& answer);
    void startAnswered(const session::Answer& answer);
    void applyAnswered(const session::Answer& answer);
    void setPhase(Phase phase);
    void setIssues(std::vector<session::Issue> issues);
    void poll();

    DocumentStore& store_;
    std::unique_ptr<session::Session> session_;
    Phase phase_ = Phase::stopped;
    std::shared_ptr<const session::Snapshot> snapshot_;
    RunModel model_;
    std::int64_t seenRevision_ = 0; ///< of the newest snapshot that the session gave
    std::vector<session::Issue> issues_;
    std::string applied_;  ///< the text that runs
    std::string sent_;     ///< the text of the request under way
    std::vector<session::RenamePair> renames_; ///< since what runs, or ran last
    std::size_t sentRenames_ = 0;
    session::RequestId applying_ = 0; ///< 0: none under way
    bool startFailed_ = false;
    bool watched_ = true;
    QString runDirectory_ = newRunDirectory(); ///< empty: that of the document's file
    bool folderWaits_ = false;                 ///< useFolderOfFile() is to be done when the run has stopped
    QElapsedTimer sinceStart_;
    QTimer poll_, applyDelay_;
};

} // namespace millrace::studio
