#pragma once

#include "session/answer.h"
#include "session/renames.h"
#include "session/requests.h"
#include "session/run_starter.h"
#include "session/run_state.h"
#include "topology/checks/run_plan.h"

namespace millrace::session {

/// Makes what runs into what another document says, changing only what differs. The command thread's; once.
class RunApplier {
public:
    explicit RunApplier(RunState& run) : run_(run), starter_(run) {}

    Answer apply(const ApplyRequest& request);

private:
    bool refuseLoss(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) const;
    void endTraffic(const topology::RunPlan& plan, Answer& answer);
    void applyAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer);
    void endAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer);
    void changeAgent(RunningAgent& running, const catalog::AgentConfig& config, const RenameMap& renames,
                     Answer& answer);
    /// True when it runs on, with a new rate if that is all that changed.
    static bool keepTraffic(RunningTraffic& running, const topology::RunPlan& plan, Answer& answer);
    void applyTraffic(const topology::RunPlan& plan, Answer& answer);

    RunState& run_;
    RunStarter starter_;
};

} // namespace millrace::session
