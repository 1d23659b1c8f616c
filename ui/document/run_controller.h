#pragma once

#include "session/session.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace millrace::studio {

class DocumentStore;

/// Rates computed from two snapshots; absent where a counter is absent.
struct NodeRates {
    std::optional<double> inPerSecond, outPerSecond;
};

/// Runs the open document through a Session and tells the views what is known at 10 Hz while someone looks. The views
/// never touch the session's threads. GUI thread only.
class RunController : public QObject {
    Q_OBJECT
public:
    enum class Phase { stopped, starting, running, stopping };
    RunController(DocumentStore& store, std::unique_ptr<session::Session> session, QObject* parent = nullptr);

    Phase phase() const { return phase_; }
    /// True while what runs is not what is drawn: there are errors, or the edit is younger than 300 ms.
    bool editedNotApplied() const;
    /// Milliseconds since the start; 0 when stopped.
    qint64 elapsedMs() const;
    /// The folder where this document's runs write.
    QString runDirectory() const;

    void start();
    void stop();
    /// Applies the document now instead of 300 ms after the last change (end of a gesture, field left).
    void applyNow();
    void burst(const QString& trafficId);
    /// Follows the advice of a problem that names a taken address: replaces it everywhere as one undo step.
    void useFreeAddress(const QString& taken, const QString& free);

    /// Never null.
    std::shared_ptr<const session::Snapshot> snapshot() const { return snapshot_; }
    NodeRates rates(const QString& nodeId) const;
    /// Records per second into a topic ("CLUSTER/NAME").
    std::optional<double> topicRate(const QString& clusterAndName) const;
    session::Session& session() { return *session_; }

signals:
    void phaseChanged();
    void snapshotChanged(); ///< at most 10 times a second
    void answered(const session::Answer& answer);
    void issuesChanged(); ///< problems of the last start or apply

public:
    const std::vector<session::Issue>& issues() const { return issues_; }

private:
    DocumentStore& store_;
    std::unique_ptr<session::Session> session_;
    Phase phase_ = Phase::stopped;
    std::shared_ptr<const session::Snapshot> snapshot_;
    std::vector<session::Issue> issues_;
    QTimer poll_, applyDelay_;
};

} // namespace millrace::studio
