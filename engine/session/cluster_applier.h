#pragma once

#include "session/answer.h"
#include "session/renames.h"
#include "session/run_starter.h"
#include "session/run_state.h"
#include "topology/checks/run_plan.h"

#include <vector>

namespace millrace::session {

/// Makes the clusters that run into those that another document names: first come the new ones, later, when nobody
/// needs them any more, go the others. The command thread's; once.
class ClusterApplier {
public:
    /// All outlive the object.
    ClusterApplier(RunState& run, RunStarter& starter, const topology::RunPlan& plan, const RenameMap& renames)
        : run_(run), starter_(starter), plan_(plan), renames_(renames) {}

    /// Starts what is missing. False: one cannot listen, and all clusters are as before.
    bool begin(Answer& answer);
    /// Ends what the document names no more. Its data stays.
    void end(Answer& answer);

private:
    using Clusters = std::vector<topology::PlannedCluster>;
    /// What a cluster that runs is in the next document; null: nothing.
    const topology::PlannedCluster* next(const topology::PlannedCluster& running) const;
    bool stays(const topology::PlannedCluster& running) const;
    Clusters missing() const;
    /// Ends those that hold the port or the directory of one that comes, and tells which.
    Clusters makeRoom(const Clusters& coming, Answer& answer);
    void putBack(const Clusters& ended, const Clusters& came, Answer& answer);
    bool start(const Clusters& clusters, Answer& answer);
    /// The data of a renamed cluster goes with it (or back).
    void moveData(const Clusters& clusters, bool back, Answer& answer);
    static void stop(const RunningBroker& running, Answer& answer);

    RunState& run_;
    RunStarter& starter_;
    const topology::RunPlan& plan_;
    const RenameMap& renames_;
};

} // namespace millrace::session
