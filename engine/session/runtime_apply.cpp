#include "session/runtime.h"

#include "catalog/millrace/document_parts.h"
#include "session/issues.h"

#include <algorithm>
#include <cstdlib>
#include <map>
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

std::string renamed(const Runtime::RenameMap& renames, const std::string& id) {
    const auto found = renames.find(id);
    return found == renames.end() ? id : found->second;
}

/// Name or id behind the prefix ("agent/", "cluster/") in the next document; it need not be there.
std::string idAfter(const Runtime::RenameMap& renames, const std::string& prefix, const std::string& id) {
    return renamed(renames, prefix + id).substr(prefix.size());
}

std::string nextNameOf(const RunningAgent& running, const Runtime::RenameMap& renames) {
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

template <typename Part, typename Stays>
std::vector<Part> Runtime::takeOut(std::vector<Part>& parts, Stays&& stays) {
    const std::lock_guard lock(mutex_);
    std::vector<Part> kept, gone;
    for (Part& part : parts) {
        std::vector<Part>& list = stays(part) ? kept : gone;
        list.push_back(std::move(part));
    }
    parts = std::move(kept);
    return gone;
}

Answer Runtime::apply(const ApplyRequest& request) {
    Answer answer;
    if (!running_) {
        answer.issues.push_back(issueOf(sessionError("nothing-running"), {}));
        return answer;
    }
    const topology::RunPlan plan = planOf(request.document);
    answer.issues = issuesOf(plan.diagnostics);
    // A document with errors stays "edited, not applied" and the last good one runs on.
    // What only Apache Flume can run is left out, as at the start.
    if (refuseUnmatched(plan, answer)) return answer;
    if (!request.keepGoing && std::any_of(answer.issues.begin(), answer.issues.end(), stopsAnApply)) return answer;
    RenameMap renames;
    for (const RenamePair& rename : request.renames)
        renames.emplace(rename.from, rename.to);
    if (!request.allowLoss && refuseLoss(plan, renames, answer)) return answer;
    if (!applyClusters(plan, renames, answer)) return answer;
    // From the front to the back, each while the next is still there to take what is on its way.
    endTraffic(plan, answer);
    endAgents(plan, renames, answer);
    endClusters(plan, answer);
    declareTopics(plan, answer);
    applyAgents(plan, renames, answer);
    applyTraffic(plan, answer);
    noteLeftOut(plan);
    request_.document = request.document;
    ++epoch_;
    answer.ok = true; // a topic or traffic that failed is beside it: the document is what runs
    return answer;
}

bool Runtime::refuseLoss(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) const {
    // A channel that goes is drained through its sinks first. Only where it has none left can nothing be drained.
    bool refused = false;
    for (const RunningAgent& running : parts_.agents) {
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

bool Runtime::applyClusters(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) {
    const auto nextOf = [&](const topology::PlannedCluster& running) {
        const std::string id = idAfter(renames, "cluster/", running.id);
        return findPart(plan.clusters, [&](const auto& c) { return c.id == id; });
    };
    const auto stays = [&](const auto& part) {
        const auto next = nextOf(part.plan);
        return next != plan.clusters.end() && next->id == part.plan.id && next->embedded == part.plan.embedded &&
               next->listen == part.plan.listen && next->servers == part.plan.servers;
    };
    topology::RunPlan missing;
    for (const topology::PlannedCluster& cluster : plan.clusters) {
        const auto same = [&](const auto& part) { return part.plan.id == cluster.id && stays(part); };
        if (findPart(parts_.brokers, same) == parts_.brokers.end() &&
            findPart(parts_.watched, same) == parts_.watched.end())
            missing.clusters.push_back(cluster);
    }
    // Whoever holds the port or the directory of one that comes goes first; the others stay until their agents are gone.
    const auto outOfTheWay = [&](const RunningBroker& running) {
        const bool holdsPort = std::any_of(missing.clusters.begin(), missing.clusters.end(),
                                           [&](const auto& c) { return c.embedded && c.listen == running.plan.listen; });
        return stays(running) || (nextOf(running.plan) == plan.clusters.end() && !holdsPort);
    };
    topology::RunPlan before;
    for (const RunningBroker& running : takeOut(parts_.brokers, outOfTheWay)) {
        before.clusters.push_back(running.plan);
        stopBroker(running, answer);
    }
    moveClusterData(before.clusters, renames, false, answer);
    if (startClusters(missing, answer)) {
        takeOut(parts_.watched, stays); // ended outside of the lock: a look may be under way
        watchExternal(missing, answer);
        return true;
    }
    // Agents must not find a stranger on the port: everything is as it was.
    const auto old = [&](const RunningBroker& running) {
        return findPart(missing.clusters, [&](const auto& c) { return c.id == running.plan.id; }) == missing.clusters.end();
    };
    for (const RunningBroker& running : takeOut(parts_.brokers, old))
        stopBroker(running, answer);
    moveClusterData(before.clusters, renames, true, answer);
    startClusters(before, answer);
    return false;
}

void Runtime::moveClusterData(const std::vector<topology::PlannedCluster>& clusters, const RenameMap& renames, bool back,
                              Answer& answer) {
    for (const topology::PlannedCluster& cluster : clusters) {
        const auto old = brokerDirectory(cluster.id);
        const auto fresh = brokerDirectory(idAfter(renames, "cluster/", cluster.id));
        if (!old || !fresh) continue; // such a cluster is never started
        const std::filesystem::path from = back ? *fresh : *old, to = back ? *old : *fresh;
        if (from == to || disk_.info(to) || !disk_.info(from)) continue;
        if (auto moved = disk_.rename(from, to); !moved)
            answer.issues.push_back(issueOf(moved.error(), "cluster/" + cluster.id));
    }
}

void Runtime::stopBroker(const RunningBroker& running, Answer& answer) {
    if (auto stopped = running.broker->end(); !stopped)
        answer.issues.push_back(issueOf(stopped.error(), "cluster/" + running.plan.id));
}

void Runtime::endClusters(const topology::RunPlan& plan, Answer& answer) {
    // Removing a cluster from the drawing deletes no data: its directory stays.
    const auto stays = [&](const RunningBroker& running) {
        return findPart(plan.clusters, [&](const auto& c) { return c.id == running.plan.id; }) != plan.clusters.end();
    };
    for (const RunningBroker& running : takeOut(parts_.brokers, stays))
        stopBroker(running, answer);
}

void Runtime::applyAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) {
    // Who becomes whom is settled before anybody changes his name: two agents may swap theirs.
    std::map<std::string, RunningAgent*> byNextName;
    for (RunningAgent& running : parts_.agents)
        byNextName.emplace(nextNameOf(running, renames), &running);
    for (const auto& [name, running] : byNextName)
        changeAgent(*running, *findPart(plan.agents, [&, &wanted = name](const auto& a) { return a.name == wanted; }),
                    renames, answer);
    for (const catalog::AgentConfig& config : plan.agents) {
        if (byNextName.count(config.name)) continue;
        startAgent(config);
        answer.changed.push_back("agent/" + config.name);
    }
    // The order of the plan is that of the stop.
    const auto place = [&](const RunningAgent& running) {
        return findPart(plan.agents, [&](const auto& a) { return a.name == running.config.name; });
    };
    {
        const std::lock_guard lock(mutex_);
        std::sort(parts_.agents.begin(), parts_.agents.end(),
                  [&](const RunningAgent& a, const RunningAgent& b) { return place(a) < place(b); });
    }
    // A port that was taken at the start has been told then.
    Answer unheard;
    if (!metrics_) serveMetrics(unheard);
}

void Runtime::endAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) {
    std::map<std::string, const RunningAgent*> successors; ///< by next name
    for (const RunningAgent& running : parts_.agents) {
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
    for (const RunningAgent& running : parts_.agents)
        if (stays(running)) staying.insert(running.agent.get());
    // Drained while they are still listed, so that they are seen to drain and abort() reaches them.
    for (const RunningAgent& running : parts_.agents) {
        if (staying.count(running.agent.get())) continue;
        noteLeft(running.agent->stop(kRemovalDrain), answer);
        answer.changed.push_back("agent/" + running.config.name);
    }
    if (staying.size() < parts_.agents.size()) metrics_.reset(); // it may speak of one that goes
    takeOut(parts_.agents, [&](const RunningAgent& running) { return staying.count(running.agent.get()) > 0; });
}

void Runtime::changeAgent(RunningAgent& running, const catalog::AgentConfig& config, const RenameMap& renames,
                          Answer& answer) {
    std::vector<std::pair<std::string, std::string>> ours;
    for (const auto& [from, to] : renames)
        if (agentOf(from) == running.config.name && agentOf(to) == config.name) ours.emplace_back(from, to);
    if (running.config == config && ours.empty()) return;
    const flume::ApplyReport report = running.agent->apply(config, ours);
    {
        const std::lock_guard lock(mutex_);
        running.config = config;
    }
    for (const auto* list : {&report.live, &report.started, &report.stopped})
        answer.changed.insert(answer.changed.end(), list->begin(), list->end());
    answer.restarted.insert(answer.restarted.end(), report.restarted.begin(), report.restarted.end());
    noteLeft(report.lost, answer);
}

bool Runtime::keepTraffic(RunningTraffic& running, const topology::RunPlan& plan, Answer& answer) const {
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

void Runtime::endTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (RunningTraffic& gone :
         takeOut(parts_.traffic, [&](RunningTraffic& running) { return keepTraffic(running, plan, answer); }))
        gone.traffic->stop();
}

void Runtime::applyTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTraffic& next : plan.traffic)
        if (findPart(parts_.traffic, [&](const auto& t) { return t.plan.name == next.name; }) == parts_.traffic.end()) {
            startOneTraffic(next, answer);
            answer.restarted.push_back("traffic/" + next.name);
        }
}

} // namespace millrace::session
