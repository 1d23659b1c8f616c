#include "session/runtime.h"

#include "session/issues.h"
#include "session/run_applier.h"
#include "session/run_planning.h"
#include "session/run_starter.h"
#include "session/run_stopper.h"

namespace millrace::session {

using std::chrono::milliseconds;

Runtime::~Runtime() {
    RunStopper(run_).stopAll();
}

Status Runtime::prepareRunDirectory(const std::string& directory) {
    const std::filesystem::path given = directory.empty() ? "." : directory;
    std::error_code gone; // a relative one is of no use where the current directory was deleted
    run_.directory = std::filesystem::absolute(given, gone);
    if (!gone) return run_.disk.makeDirectories(run_.directory);
    run_.directory = given;
    return errnoError(gone.value(), "find " + given.string());
}

Answer Runtime::start(const StartRequest& request) {
    Answer answer;
    if (run_.running) {
        answer.issues.push_back(issueOf(sessionError("already-running"), {}));
        return answer;
    }
    run_.request = request;
    run_.aborting = false;
    if (auto prepared = prepareRunDirectory(request.runDirectory); !prepared) {
        answer.issues.push_back(runDirectoryUnusable(prepared.error(), run_.directory));
        return answer;
    }
    const topology::RunPlan plan = planOf(request.document, run_.request);
    answer.issues = issuesOf(plan.diagnostics);
    if (refuseUnmatched(plan, answer) || (!request.keepGoing && hasError(answer.issues))) return answer;
    RunStarter starter(run_);
    if (!starter.startClusters(plan, answer)) {
        RunStopper(run_).stopAll();
        return answer;
    }
    starter.declareTopics(plan, answer);
    starter.watchExternal(plan, answer);
    starter.startAgents(plan);
    starter.serveMetrics(answer);
    starter.startTraffic(plan, answer);
    starter.noteLeftOut(plan);
    ++run_.epoch;
    run_.running = true;
    answer.ok = true;
    return answer;
}

Answer Runtime::stop(milliseconds drainLimit, const std::function<void()>& drained) {
    Answer answer;
    answer.ok = true;
    if (!run_.running) return answer;
    RunStopper stopper(run_);
    stopper.stopTraffic();
    stopper.stopAgents(drainLimit, answer);
    drained();
    stopper.stopAll();
    return answer;
}

Answer Runtime::apply(const ApplyRequest& request) {
    return RunApplier(run_).apply(request);
}

void Runtime::abort() {
    run_.aborting = true;
    const std::lock_guard lock(run_.mutex);
    for (RunningAgent& agent : run_.parts.agents)
        agent.agent->abort();
}

Status Runtime::nodeVerb(const std::string& id, Status (flume::Agent::*verb)(const std::string&)) {
    const auto it = findPart(run_.parts.agents, [&](const RunningAgent& a) { return a.config.name == agentOf(id); });
    if (it == run_.parts.agents.end()) return sessionError("node-not-running", {id}, ErrorCode::notFound);
    return ((*it->agent).*verb)(id);
}

Answer Runtime::startNode(const std::string& id) {
    Answer answer;
    const Status done = nodeVerb(id, &flume::Agent::startNode);
    answer.ok = done.has_value();
    if (!done) answer.issues.push_back(issueOf(done.error(), id));
    return answer;
}

Answer Runtime::stopNode(const std::string& id) {
    Answer answer;
    const Status done = nodeVerb(id, &flume::Agent::stopNode);
    answer.ok = done.has_value();
    if (!done) answer.issues.push_back(issueOf(done.error(), id));
    return answer;
}

Answer Runtime::burst(const std::string& trafficId, double perSecond, milliseconds duration) {
    Answer answer;
    const auto it =
        findPart(run_.parts.traffic, [&](const RunningTraffic& t) { return "traffic/" + t.plan.name == trafficId; });
    answer.ok = it != run_.parts.traffic.end();
    if (answer.ok)
        it->traffic->burst(perSecond, duration);
    else
        answer.issues.push_back(issueOf(sessionError("node-not-running", {trafficId}), trafficId));
    return answer;
}

} // namespace millrace::session
