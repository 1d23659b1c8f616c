#include "session/runtime.h"

#include "session/issues.h"
#include "topology/graph/keys.h"

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

} // namespace

Runtime::Runtime(FileSystem& disk, LogStore& log) : disk_(disk), log_(log) {}

Runtime::~Runtime() {
    stopAll();
}

topology::RunPlan Runtime::planOf(const std::string& text) const {
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    options.only.insert(request_.only.begin(), request_.only.end());
    for (const Override& change : request_.overrides)
        options.overrides[change.key] = change.value;
    for (const Override& one : request_.systemProperties)
        options.systemProperties[one.key] = one.value;
    options.environment = environmentVariables();
    return topology::plan(topology::Document::parse(text, catalog::flumeCatalog()), options);
}

Status Runtime::prepareRunDirectory(const std::string& directory) {
    const std::filesystem::path given = directory.empty() ? "." : directory;
    std::error_code gone; // a relative one is of no use where the current directory was deleted
    runDirectory_ = std::filesystem::absolute(given, gone);
    if (!gone) return disk_.makeDirectories(runDirectory_);
    runDirectory_ = given;
    return errnoError(gone.value(), "find " + given.string());
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
    if (refuseUnmatched(plan, answer) || (!request.keepGoing && hasError(answer.issues))) return answer;
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

bool Runtime::refuseUnmatched(const topology::RunPlan& plan, Answer& answer) {
    for (const std::string& wish : plan.unmatched)
        answer.issues.push_back(nothingOfThatName(wish, plan.choices));
    return !plan.unmatched.empty();
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
        const auto directory = brokerDirectory(cluster.id);
        if (!directory) {
            answer.issues.push_back(issueOf(directory.error(), node));
            return false;
        }
        broker::BrokerConfig config;
        config.listen = *address;
        config.dataDir = *directory;
        config.clusterId = cluster.id;
        // A run folder has a limit: what a topic need not keep goes soon, not after Kafka's five minutes.
        config.configs["log.retention.check.interval.ms"] = "10000";
        auto started = broker::Broker::start(config, disk_, log_);
        if (!started) {
            answer.issues.push_back(clusterFailed(started.error(), cluster, config.dataDir));
            return false;
        }
        const std::lock_guard lock(mutex_);
        parts_.brokers.push_back({cluster, std::make_shared<SharedBroker>(std::move(*started))});
    }
    return true;
}

Result<std::filesystem::path> Runtime::brokerDirectory(const std::string& clusterId) const {
    MILLRACE_TRY(topology::checkName(clusterId));
    return runDirectory_ / "broker" / clusterId;
}

void Runtime::declareTopics(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTopic& topic : plan.topics) {
        const auto it = findPart(parts_.brokers, [&](const RunningBroker& b) { return b.plan.id == topic.cluster; });
        if (it == parts_.brokers.end()) continue; // somebody else's cluster: its topics are its owner's affair
        if (auto made = it->broker->owned().createTopic(topic.name, topic.partitions, topic.configs); !made)
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
    if (server)
        metrics_ = std::move(*server);
    else
        answer.issues.push_back(issueOf(server.error(), "agent/" + parts_.agents.front().config.name));
}

void Runtime::startAgents(const topology::RunPlan& plan) {
    for (const catalog::AgentConfig& agent : plan.agents)
        startAgent(agent);
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
    for (const topology::PlannedTraffic& traffic : plan.traffic)
        startOneTraffic(traffic, answer);
}

void Runtime::noteLeftOut(const topology::RunPlan& plan) {
    const std::lock_guard lock(mutex_);
    parts_.foreign.clear();
    parts_.notRun.clear();
    for (const topology::Diagnostic& diagnostic : plan.diagnostics) {
        if (diagnostic.node.empty()) continue;
        if (topology::onlyFlumeRunsIt(diagnostic.code))
            parts_.foreign.push_back(diagnostic.node);
        else if (diagnostic.severity == topology::Severity::error)
            parts_.notRun.push_back(diagnostic.node);
    }
}

Answer Runtime::stop(milliseconds drainLimit, const std::function<void()>& drained) {
    Answer answer;
    answer.ok = true;
    if (!running_) return answer;
    stopTraffic();
    stopAgents(drainLimit, answer);
    drained();
    stopAll();
    return answer;
}

void Runtime::stopTraffic() {
    std::vector<RunningTraffic> traffic;
    {
        const std::lock_guard lock(mutex_);
        traffic.swap(parts_.traffic);
    }
    for (RunningTraffic& one : traffic)
        one.traffic->stop();
}

void Runtime::stopAgents(milliseconds drainLimit, Answer& answer) {
    // First hop first: what an agent drains still finds the next one listening.
    const MonotonicTime deadline = systemNow() + drainLimit;
    for (auto it = parts_.agents.rbegin(); it != parts_.agents.rend(); ++it) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - systemNow());
        const milliseconds limit = aborting_ ? milliseconds(0) : std::max(left, milliseconds(0));
        noteLeft(it->agent->stop(limit), answer);
    }
}

void Runtime::noteLeft(const std::vector<flume::Leftover>& leftovers, Answer& answer) {
    for (const flume::Leftover& left : leftovers)
        answer.left.push_back({left.channel, static_cast<std::int64_t>(left.events), left.lost});
}

void Runtime::stopAll() {
    metrics_.reset();
    RunParts gone;
    {
        const std::lock_guard lock(mutex_);
        std::swap(gone, parts_);
        running_ = false;
    }
    for (RunningTraffic& one : gone.traffic)
        one.traffic->stop();
    gone.traffic.clear();
    while (!gone.agents.empty())
        gone.agents.pop_back();
    for (RunningBroker& one : gone.brokers)
        if (auto stopped = one.broker->end(); !stopped)
            log_.write(LogLevel::error, "cluster/" + one.plan.id, stopped.error().message);
}

void Runtime::abort() {
    aborting_ = true;
    const std::lock_guard lock(mutex_);
    for (RunningAgent& agent : parts_.agents)
        agent.agent->abort();
}

Status Runtime::nodeVerb(const std::string& id, Status (flume::Agent::*verb)(const std::string&)) {
    const auto it = findPart(parts_.agents, [&](const RunningAgent& a) { return a.config.name == agentOf(id); });
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

Answer Runtime::burst(const std::string& trafficId, double perSecond, milliseconds duration) {
    Answer answer;
    const auto it =
        findPart(parts_.traffic, [&](const RunningTraffic& t) { return "traffic/" + t.plan.name == trafficId; });
    answer.ok = it != parts_.traffic.end();
    if (answer.ok)
        it->traffic->burst(perSecond, duration);
    else
        answer.issues.push_back(issueOf(sessionError("node-not-running", {trafficId}), trafficId));
    return answer;
}

} // namespace millrace::session
