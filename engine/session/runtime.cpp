#include "session/runtime.h"

#include "base/assertion.h"
#include "catalog/millrace/document_parts.h"
#include "session/issues.h"

#include <algorithm>
#include <cstdlib>

extern char** environ;

namespace millrace::session {

namespace {

using std::chrono::milliseconds;

std::map<std::string, std::string> environmentVariables() {
    std::map<std::string, std::string> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

std::string agentOf(const std::string& nodeId) { return nodeId.substr(0, nodeId.find('/')); }

LeftEvents leftOf(const flume::Leftover& leftover) {
    return {leftover.channel, static_cast<std::int64_t>(leftover.events), leftover.lost};
}

traffic::TrafficConfig trafficConfig(const topology::PlannedTraffic& plan) {
    traffic::TrafficConfig config;
    config.name = plan.name;
    config.properties = plan.properties;
    const auto valueOf = [&](std::string_view key) {
        const auto found = plan.properties.find(key);
        return found == plan.properties.end() ? std::string() : found->second;
    };
    config.topicName = valueOf("topic");
    config.servers = valueOf("servers");
    return config;
}

/// The rate, taken out so that the rest can be compared.
std::string takeRate(catalog::Properties& properties) {
    const auto rate = properties.extract("rate");
    return rate ? rate.mapped() : std::string(catalog::kTrafficPart.property("rate")->defaultValue);
}

template <typename Parts, typename Matches>
auto findIf(Parts& parts, Matches&& matches) {
    return std::find_if(parts.begin(), parts.end(), matches);
}

} // namespace

Runtime::Runtime(FileSystem& disk, LogStore& log) : disk_(disk), log_(log) {}

Runtime::~Runtime() { stopAll(); }

topology::RunPlan Runtime::planOf(const std::string& text) const {
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    for (const std::string& part : request_.only) options.only.insert(part.substr(part.find('/') + 1)); // name or id
    for (const Override& change : request_.overrides) options.overrides[change.key] = change.value;
    for (const Override& one : request_.systemProperties) options.systemProperties[one.key] = one.value;
    options.environment = environmentVariables();
    return topology::plan(topology::Document::parse(text, catalog::flumeCatalog()), options);
}

Status Runtime::prepareRunDirectory(const std::string& directory) {
    runDirectory_ = std::filesystem::absolute(directory.empty() ? "." : directory);
    return disk_.makeDirectories(runDirectory_);
}

Answer Runtime::start(const StartRequest& request) {
    Answer answer;
    if (running_) {
        answer.issues.push_back(issueOf(sessionError("already-running"), {}));
        return answer;
    }
    request_ = request;
    aborting_ = false;
    if (auto prepared = prepareRunDirectory(request.runDirectory); !prepared) {
        answer.issues.push_back(runDirectoryUnusable(prepared.error(), runDirectory_));
        return answer;
    }
    const topology::RunPlan plan = planOf(request.document);
    answer.issues = issuesOf(plan.diagnostics);
    if (!request.keepGoing && hasError(answer.issues)) return answer;
    if (!startClusters(plan, answer)) {
        stopAll();
        return answer;
    }
    declareTopics(plan, answer);
    watchExternal(plan, answer);
    startAgents(plan);
    serveMetrics(answer);
    startTraffic(plan, answer);
    noteLeftOut(plan);
    ++epoch_;
    running_ = true;
    answer.ok = true;
    return answer;
}

bool Runtime::startClusters(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedCluster& cluster : plan.clusters) {
        if (!cluster.embedded) continue;
        const std::string node = "cluster/" + cluster.id;
        const auto address = net::parseAddress(cluster.listen);
        if (!address) {
            answer.issues.push_back(issueOf(address.error(), node));
            return false;
        }
        broker::BrokerConfig config;
        config.listen = *address;
        config.dataDir = runDirectory_ / "broker" / cluster.id;
        config.clusterId = cluster.id;
        auto started = broker::Broker::start(config, disk_, log_);
        if (!started) {
            answer.issues.push_back(clusterFailed(started.error(), cluster, config.dataDir));
            return false;
        }
        const std::lock_guard lock(mutex_);
        parts_.brokers.push_back({cluster, std::move(*started)});
    }
    return true;
}

void Runtime::declareTopics(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTopic& topic : plan.topics) {
        const auto it = findIf(parts_.brokers, [&](const RunningBroker& b) { return b.plan.id == topic.cluster; });
        if (it == parts_.brokers.end()) continue; // somebody else's cluster: its topics are its owner's affair
        if (auto made = it->broker->createTopic(topic.name, topic.partitions, topic.configs); !made)
            answer.issues.push_back(topicRefused(made.error(), topic));
    }
}

void Runtime::watchExternal(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedCluster& cluster : plan.clusters) {
        if (cluster.embedded) continue;
        auto watcher = metrics::watchCluster(cluster.servers, log_, "cluster/" + cluster.id);
        if (!watcher) {
            answer.issues.push_back(issueOf(watcher.error(), "cluster/" + cluster.id));
            continue;
        }
        const std::lock_guard lock(mutex_);
        parts_.watched.push_back({cluster, std::move(*watcher)});
    }
}

void Runtime::startAgent(const catalog::AgentConfig& config) {
    flume::AgentServices services;
    services.disk = &disk_;
    services.log = &log_;
    services.registry = &flume::builtinRegistry();
    services.runDirectory = runDirectory_;
    auto agent = flume::makeAgent(config, services);
    agent->start();
    const std::lock_guard lock(mutex_);
    parts_.agents.push_back({config, std::move(agent)});
}

void Runtime::serveMetrics(Answer& answer) {
    if (request_.metricsPort == 0 || parts_.agents.empty()) return;
    auto server = flume::serveMetrics(*parts_.agents.front().agent, static_cast<std::uint16_t>(request_.metricsPort));
    if (server) metrics_ = std::move(*server);
    else answer.issues.push_back(issueOf(server.error(), "agent/" + parts_.agents.front().config.name));
}

void Runtime::startAgents(const topology::RunPlan& plan) {
    for (const catalog::AgentConfig& agent : plan.agents) startAgent(agent);
}

void Runtime::startOneTraffic(const topology::PlannedTraffic& plan, Answer& answer) {
    traffic::TrafficServices services;
    services.disk = &disk_;
    services.log = &log_;
    services.runDirectory = runDirectory_;
    RunningTraffic running{plan, systemEpochMs(), {}};
    auto made = traffic::makeTraffic(trafficConfig(plan), services);
    Status started = made ? (*made)->start() : Status(made.error());
    if (!started) {
        answer.issues.push_back(issueOf(started.error(), "traffic/" + plan.name));
        return;
    }
    running.traffic = std::move(*made);
    const std::lock_guard lock(mutex_);
    parts_.traffic.push_back(std::move(running));
}

void Runtime::startTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTraffic& traffic : plan.traffic) startOneTraffic(traffic, answer);
}

void Runtime::noteLeftOut(const topology::RunPlan& plan) {
    const std::lock_guard lock(mutex_);
    parts_.foreign.clear();
    parts_.notRun.clear();
    for (const topology::Diagnostic& diagnostic : plan.diagnostics) {
        if (diagnostic.node.empty()) continue;
        if (diagnostic.code == "foreign-type") parts_.foreign.push_back(diagnostic.node);
        else if (diagnostic.severity == topology::Severity::error) parts_.notRun.push_back(diagnostic.node);
    }
}

Answer Runtime::stop(milliseconds drainLimit) {
    Answer answer;
    answer.ok = true;
    if (!running_) return answer;
    stopTraffic();
    stopAgents(drainLimit, answer);
    stopAll();
    return answer;
}

void Runtime::stopTraffic() {
    std::vector<RunningTraffic> traffic;
    {
        const std::lock_guard lock(mutex_);
        traffic.swap(parts_.traffic);
    }
    for (RunningTraffic& one : traffic) one.traffic->stop();
}

void Runtime::stopAgents(milliseconds drainLimit, Answer& answer) {
    // First hop first: what an agent drains still finds the next one listening.
    const MonotonicTime deadline = systemNow() + drainLimit;
    for (auto it = parts_.agents.rbegin(); it != parts_.agents.rend(); ++it) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - systemNow());
        const milliseconds limit = aborting_ ? milliseconds(0) : std::max(left, milliseconds(0));
        for (const flume::Leftover& leftover : it->agent->stop(limit)) answer.left.push_back(leftOf(leftover));
    }
}

void Runtime::stopAll() {
    metrics_.reset();
    RunParts gone;
    {
        const std::lock_guard lock(mutex_);
        std::swap(gone, parts_);
        running_ = false;
    }
    for (RunningTraffic& one : gone.traffic) one.traffic->stop();
    gone.traffic.clear();
    while (!gone.agents.empty()) gone.agents.pop_back();
    for (RunningBroker& one : gone.brokers)
        if (auto stopped = one.broker->stop(); !stopped) log_.write(LogLevel::error, "cluster/" + one.plan.id, stopped.error().message);
}

void Runtime::abort() {
    aborting_ = true;
    const std::lock_guard lock(mutex_);
    for (RunningAgent& agent : parts_.agents) agent.agent->abort();
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
    if (hasError(answer.issues)) return answer;
    if (!request.allowLoss && refuseLoss(plan, answer)) return answer;
    applyClusters(plan, answer);
    declareTopics(plan, answer);
    applyAgents(plan, request.renames, answer);
    applyTraffic(plan, answer);
    noteLeftOut(plan);
    request_.document = request.document;
    ++epoch_;
    answer.ok = !hasError(answer.issues);
    return answer;
}

bool Runtime::refuseLoss(const topology::RunPlan& plan, Answer& answer) const {
    // A channel that goes is drained through its sinks first. Only where it has none left can nothing be drained.
    bool refused = false;
    for (const RunningAgent& running : parts_.agents) {
        const auto next = findIf(plan.agents, [&](const catalog::AgentConfig& a) { return a.name == running.config.name; });
        for (const flume::NodeStatus& status : running.agent->status()) {
            const std::string prefix = running.config.name + "/channels/";
            if (!status.id.starts_with(prefix) || status.level.events == 0) continue;
            const std::string name = status.id.substr(prefix.size());
            const bool stays = next != plan.agents.end() &&
                               findIf(next->channels, [&](const auto& c) { return c.name == name; }) != next->channels.end();
            const bool drains = findIf(running.config.sinks, [&](const catalog::ComponentConfig& sink) {
                                    const auto channel = sink.properties.find("channel");
                                    return channel != sink.properties.end() && channel->second == name;
                                }) != running.config.sinks.end();
            if (stays || drains) continue;
            refused = true;
            answer.issues.push_back(wouldLoseEvents(status.id, name, status.level.events));
            answer.left.push_back({status.id, static_cast<std::int64_t>(status.level.events), true});
        }
    }
    return refused;
}

void Runtime::applyClusters(const topology::RunPlan& plan, Answer& answer) {
    const auto planned = [&](const topology::PlannedCluster& running) {
        const auto it = findIf(plan.clusters, [&](const auto& c) { return c.id == running.id; });
        return it != plan.clusters.end() && it->embedded == running.embedded && it->listen == running.listen &&
               it->servers == running.servers;
    };
    std::vector<RunningBroker> gone;
    std::vector<WatchedCluster> unwatched; // ended outside the lock: a look may be under way
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < parts_.watched.size();) {
            if (planned(parts_.watched[i].plan)) {
                ++i;
                continue;
            }
            unwatched.push_back(std::move(parts_.watched[i]));
            parts_.watched.erase(parts_.watched.begin() + static_cast<std::ptrdiff_t>(i));
        }
        for (std::size_t i = 0; i < parts_.brokers.size();) {
            if (planned(parts_.brokers[i].plan)) {
                ++i;
                continue;
            }
            gone.push_back(std::move(parts_.brokers[i]));
            parts_.brokers.erase(parts_.brokers.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    // Removing a cluster from the drawing deletes no data: its directory stays.
    for (RunningBroker& one : gone)
        if (auto stopped = one.broker->stop(); !stopped) answer.issues.push_back(issueOf(stopped.error(), "cluster/" + one.plan.id));
    topology::RunPlan missing;
    for (const topology::PlannedCluster& cluster : plan.clusters) {
        const auto same = [&](const auto& part) { return part.plan.id == cluster.id; };
        if (findIf(parts_.brokers, same) == parts_.brokers.end() && findIf(parts_.watched, same) == parts_.watched.end())
            missing.clusters.push_back(cluster);
    }
    startClusters(missing, answer);
    watchExternal(missing, answer);
}

void Runtime::applyAgents(const topology::RunPlan& plan, const std::vector<RenamePair>& renames, Answer& answer) {
    std::vector<RunningAgent> gone;
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < parts_.agents.size();) {
            const std::string& name = parts_.agents[i].config.name;
            if (findIf(plan.agents, [&](const auto& a) { return a.name == name; }) != plan.agents.end()) {
                ++i;
                continue;
            }
            gone.push_back(std::move(parts_.agents[i]));
            parts_.agents.erase(parts_.agents.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    for (RunningAgent& agent : gone) {
        for (const flume::Leftover& leftover : agent.agent->stop(milliseconds(10'000))) answer.left.push_back(leftOf(leftover));
        answer.changed.push_back("agent/" + agent.config.name);
    }
    for (const catalog::AgentConfig& config : plan.agents) {
        const auto it = findIf(parts_.agents, [&](const RunningAgent& a) { return a.config.name == config.name; });
        if (it == parts_.agents.end()) {
            startAgent(config);
            answer.changed.push_back("agent/" + config.name);
            continue;
        }
        if (it->config == config && renames.empty()) continue;
        std::vector<std::pair<std::string, std::string>> ours;
        for (const RenamePair& rename : renames)
            if (agentOf(rename.to) == config.name) ours.emplace_back(rename.from, rename.to);
        const flume::ApplyReport report = it->agent->apply(config, ours);
        {
            const std::lock_guard lock(mutex_);
            it->config = config;
        }
        for (const auto* list : {&report.live, &report.started, &report.stopped})
            answer.changed.insert(answer.changed.end(), list->begin(), list->end());
        answer.restarted.insert(answer.restarted.end(), report.restarted.begin(), report.restarted.end());
        for (const flume::Leftover& leftover : report.lost) answer.left.push_back(leftOf(leftover));
    }
}

bool Runtime::keepTraffic(RunningTraffic& running, const topology::RunPlan& plan, Answer& answer) const {
    const auto next = findIf(plan.traffic, [&](const auto& t) { return t.name == running.plan.name; });
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

void Runtime::applyTraffic(const topology::RunPlan& plan, Answer& answer) {
    std::vector<RunningTraffic> gone;
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < parts_.traffic.size();) {
            if (keepTraffic(parts_.traffic[i], plan, answer)) {
                ++i;
                continue;
            }
            gone.push_back(std::move(parts_.traffic[i]));
            parts_.traffic.erase(parts_.traffic.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    for (RunningTraffic& one : gone) one.traffic->stop();
    for (const topology::PlannedTraffic& next : plan.traffic)
        if (findIf(parts_.traffic, [&](const auto& t) { return t.plan.name == next.name; }) == parts_.traffic.end()) {
            startOneTraffic(next, answer);
            answer.restarted.push_back("traffic/" + next.name);
        }
}

Status Runtime::nodeVerb(const std::string& id, Status (flume::Agent::*verb)(const std::string&)) {
    const auto it = findIf(parts_.agents, [&](const RunningAgent& a) { return a.config.name == agentOf(id); });
    if (it == parts_.agents.end()) return sessionError("node-not-running", {id}, ErrorCode::notFound);
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

Answer Runtime::burst(const std::string& trafficId, double factor, milliseconds duration) {
    Answer answer;
    const auto it = findIf(parts_.traffic, [&](const RunningTraffic& t) { return "traffic/" + t.plan.name == trafficId; });
    answer.ok = it != parts_.traffic.end();
    if (answer.ok) it->traffic->burst(factor, duration);
    else answer.issues.push_back(issueOf(sessionError("node-not-running", {trafficId}), trafficId));
    return answer;
}

} // namespace millrace::session
