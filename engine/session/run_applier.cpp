#include "session/run_applier.h"

#include "catalog/millrace/document_parts.h"
#include "session/cluster_applier.h"
#include "session/issues.h"
#include "session/run_planning.h"
#include "session/run_stopper.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>

namespace millrace::session {

namespace {

using std::chrono::milliseconds;

/// Time that a removed agent gets to empty its channels.
constexpr milliseconds kRemovalDrain{10'000};

/// The rate, taken out so that the rest can be compared. What a burst will be does not concern what runs.
std::string takeRate(catalog::Properties& properties) {
    properties.erase("burst");
    const auto rate = properties.extract("rate");
    return rate ? rate.mapped() : std::string(catalog::kTrafficPart.property("rate")->defaultValue);
}

std::string nextNameOf(const RunningAgent& running, const RenameMap& renames) {
    return idAfter(renames, "agent/", running.config.name);
}

bool stopsAnApply(const Issue& issue) { return issue.severity == "error" && !topology::onlyFlumeRunsIt(issue.code); }

bool hasSinkOn(const catalog::AgentConfig& agent, const std::string& channel) {
    return std::any_of(agent.sinks.begin(), agent.sinks.end(), [&](const catalog::ComponentConfig& sink) {
        const auto its = sink.properties.find("channel");
        return its != sink.properties.end() && its->second == channel;
    });
}

bool hasChannel(const topology::RunPlan& plan, const std::string& id) {
    return std::any_of(plan.agents.begin(), plan.agents.end(), [&](const catalog::AgentConfig& agent) {
        return std::any_of(agent.channels.begin(), agent.channels.end(),
                           [&](const auto& channel) { return agent.name + "/channels/" + channel.name == id; });
    });
}

} // namespace

Answer RunApplier::apply(const ApplyRequest& request) {
    Answer answer;
    if (!run_.running) {
        answer.issues.push_back(issueOf(sessionError("nothing-running"), {}));
        return answer;
    }
    const topology::RunPlan plan = planOf(request.document, run_.request);
    answer.issues = issuesOf(plan.diagnostics);
    // A document with errors stays "edited, not applied" and the last good one runs on.
    // What only Apache Flume can run is left out, as at the start.
    if (refuseUnmatched(plan, answer)) return answer;
    if (!request.keepGoing && std::any_of(answer.issues.begin(), answer.issues.end(), stopsAnApply)) return answer;
    RenameMap renames;
    for (const RenamePair& rename : request.renames)
        renames.emplace(rename.from, rename.to);
    if (!request.allowLoss && refuseLoss(plan, renames, answer)) return answer;
    ClusterApplier clusters(run_, starter_, plan, renames);
    if (!clusters.begin(answer)) return answer;
    // From the front to the back, each while the next is still there to take what is on its way.
    endTraffic(plan, answer);
    endAgents(plan, renames, answer);
    clusters.end(answer);
    starter_.declareTopics(plan, answer);
    applyAgents(plan, renames, answer);
    applyTraffic(plan, answer);
    starter_.noteLeftOut(plan);
    run_.request.document = request.document;
    ++run_.epoch;
    answer.ok = true; // a topic or traffic that failed is beside it: the document is what runs
    return answer;
}

bool RunApplier::refuseLoss(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) const {
    // A channel that goes is drained through its sinks first. Only where it has none left can nothing be drained.
    bool refused = false;
    for (const RunningAgent& running : run_.parts.agents) {
        const std::string before = running.config.name + "/channels/";
        const std::string after = nextNameOf(running, renames) + "/channels/";
        for (const flume::NodeStatus& status : running.agent->status()) {
            if (!status.id.starts_with(before) || status.level.events == 0) continue;
            const std::string name = status.id.substr(before.size());
            const auto named = renames.find(status.id);
            const bool stays = hasChannel(plan, named == renames.end() ? after + name : named->second);
            if (stays || hasSinkOn(running.config, name)) continue;
            refused = true;
            answer.issues.push_back(wouldLoseEvents(status.id, name, status.level.events));
            answer.left.push_back({status.id, static_cast<std::int64_t>(status.level.events), true});
        }
    }
    return refused;
}

void RunApplier::applyAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) {
    // Who becomes whom is settled before anybody changes his name: two agents may swap theirs.
    std::map<std::string, RunningAgent*> byNextName;
    for (RunningAgent& running : run_.parts.agents)
        byNextName.emplace(nextNameOf(running, renames), &running);
    for (const auto& [name, running] : byNextName)
        changeAgent(*running, *findPart(plan.agents, [&, &wanted = name](const auto& a) { return a.name == wanted; }),
                    renames, answer);
    for (const catalog::AgentConfig& config : plan.agents) {
        if (byNextName.count(config.name)) continue;
        starter_.startAgent(config);
        answer.changed.push_back("agent/" + config.name);
    }
    // The order of the plan is that of the stop.
    const auto place = [&](const RunningAgent& running) {
        return findPart(plan.agents, [&](const auto& a) { return a.name == running.config.name; });
    };
    {
        const std::lock_guard lock(run_.mutex);
        std::sort(run_.parts.agents.begin(), run_.parts.agents.end(),
                  [&](const RunningAgent& a, const RunningAgent& b) { return place(a) < place(b); });
    }
    // A port that was taken at the start has been told then.
    Answer unheard;
    if (!run_.metrics) starter_.serveMetrics(unheard);
}

void RunApplier::endAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) {
    std::map<std::string, const RunningAgent*> successors; ///< by next name
    for (const RunningAgent& running : run_.parts.agents) {
        const std::string next = nextNameOf(running, renames);
        if (findPart(plan.agents, [&](const auto& a) { return a.name == next; }) == plan.agents.end()) continue;
        // Where one was removed and another took its name, the name is the other's.
        const RunningAgent*& holder = successors[next];
        if (holder == nullptr || next != running.config.name) holder = &running;
    }
    const auto stays = [&](const RunningAgent& running) {
        const auto found = successors.find(nextNameOf(running, renames));
        return found != successors.end() && found->second == &running;
    };
    std::set<const flume::Agent*> staying;
    for (const RunningAgent& running : run_.parts.agents)
        if (stays(running)) staying.insert(running.agent.get());
    // Drained while they are still listed, so that they are seen to drain and abort() reaches them.
    for (const RunningAgent& running : run_.parts.agents) {
        if (staying.count(running.agent.get())) continue;
        RunStopper::noteLeft(running.agent->stop(kRemovalDrain), answer);
        answer.changed.push_back("agent/" + running.config.name);
    }
    if (staying.size() < run_.parts.agents.size()) run_.metrics.reset(); // it may speak of one that goes
    run_.takeOut(run_.parts.agents, [&](const RunningAgent& running) { return staying.count(running.agent.get()) > 0; });
}

void RunApplier::changeAgent(RunningAgent& running, const catalog::AgentConfig& config, const RenameMap& renames,
                          Answer& answer) {
    std::vector<std::pair<std::string, std::string>> ours;
    for (const auto& [from, to] : renames)
        if (agentOf(from) == running.config.name && agentOf(to) == config.name) ours.emplace_back(from, to);
    if (running.config == config && ours.empty()) return;
    const flume::ApplyReport report = running.agent->apply(config, ours);
    {
        const std::lock_guard lock(run_.mutex);
        running.config = config;
    }
    for (const auto* list : {&report.live, &report.started, &report.stopped})
        answer.changed.insert(answer.changed.end(), list->begin(), list->end());
    answer.restarted.insert(answer.restarted.end(), report.restarted.begin(), report.restarted.end());
    RunStopper::noteLeft(report.lost, answer);
}

bool RunApplier::keepTraffic(RunningTraffic& running, const topology::RunPlan& plan, Answer& answer) {
    const auto next = findPart(plan.traffic, [&](const auto& t) { return t.name == running.plan.name; });
    if (next == plan.traffic.end()) return false;
    catalog::Properties wanted = next->properties;
    // The rate is turned while it runs; anything else makes another input of it.
    const std::string before = takeRate(running.plan.properties);
    const std::string after = takeRate(wanted);
    if (wanted != running.plan.properties) return false;
    if (before != after) {
        running.traffic->setRate(std::atof(after.c_str()));
        answer.changed.push_back("traffic/" + next->name);
    }
    running.plan = *next;
    return true;
}

void RunApplier::endTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (RunningTraffic& gone :
         run_.takeOut(run_.parts.traffic, [&](RunningTraffic& running) { return keepTraffic(running, plan, answer); }))
        gone.traffic->stop();
}

void RunApplier::applyTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTraffic& next : plan.traffic)
        if (findPart(run_.parts.traffic, [&](const auto& t) { return t.plan.name == next.name; }) == run_.parts.traffic.end()) {
            starter_.startOneTraffic(next, answer);
            answer.restarted.push_back("traffic/" + next.name);
        }
}

} // namespace millrace::session
