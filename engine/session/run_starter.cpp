#include "session/run_starter.h"

#include "broker/settings/data_directory.h"
#include "session/broker_directory.h"
#include "session/issues.h"
#include "topology/graph/keys.h"

namespace millrace::session {

namespace {

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

bool RunStarter::startClusters(const topology::RunPlan& plan, Answer& answer) {
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
        config.dataDir = dataDirectory(cluster, *directory);
        config.configs = cluster.configs;
        // A run folder has a limit: what a topic need not keep goes soon, not after Kafka's five minutes.
        config.configs.emplace("log.retention.check.interval.ms", "10000");
        auto started = broker::Broker::start(config, run_.disk, run_.log);
        if (!started) {
            answer.issues.push_back(clusterFailed(started.error(), cluster, config.dataDir));
            return false;
        }
        const std::lock_guard lock(run_.mutex);
        run_.parts.brokers.push_back({cluster, std::make_shared<SharedBroker>(std::move(*started))});
    }
    return true;
}

std::filesystem::path RunStarter::dataDirectory(const topology::PlannedCluster& cluster,
                                                const std::filesystem::path& otherwise) const {
    const auto directories = broker::dataDirectories(cluster.configs);
    if (directories.size() > 1)
        run_.log.warning("cluster/" + cluster.id, "log.dirs names {} directories: all data is kept in the first, {}",
                         directories.size(), directories.front());
    return directories.empty() ? otherwise : run_.directory / directories.front();
}

Result<std::filesystem::path> RunStarter::brokerDirectory(const std::string& clusterId) const {
    MILLRACE_TRY(topology::checkName(clusterId));
    return session::brokerDirectory(run_.directory, clusterId);
}

void RunStarter::declareTopics(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTopic& topic : plan.topics) {
        const auto it =
            findPart(run_.parts.brokers, [&](const RunningBroker& b) { return b.plan.id == topic.cluster; });
        if (it == run_.parts.brokers.end()) continue; // somebody else's cluster: its topics are its owner's affair
        if (auto made = it->broker->owned().createTopic(topic.name, topic.partitions, topic.configs); !made)
            answer.issues.push_back(topicRefused(made.error(), topic));
    }
}

void RunStarter::watchExternal(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedCluster& cluster : plan.clusters) {
        if (cluster.embedded) continue;
        auto watcher = metrics::watchCluster(cluster.servers, run_.log, "cluster/" + cluster.id);
        if (!watcher) {
            answer.issues.push_back(issueOf(watcher.error(), "cluster/" + cluster.id));
            continue;
        }
        const std::lock_guard lock(run_.mutex);
        run_.parts.watched.push_back({cluster, std::move(*watcher)});
    }
}

void RunStarter::startAgent(const catalog::AgentConfig& config) {
    flume::AgentServices services;
    services.disk = &run_.disk;
    services.log = &run_.log;
    services.registry = &flume::builtinRegistry();
    services.runDirectory = run_.directory;
    auto agent = flume::makeAgent(config, services);
    agent->start();
    const std::lock_guard lock(run_.mutex);
    run_.parts.agents.push_back({config, std::move(agent)});
}

void RunStarter::serveMetrics(Answer& answer) {
    if (run_.request.metricsPort == 0) return;
    const auto port = static_cast<std::uint16_t>(run_.request.metricsPort);
    if (run_.parts.agents.empty()) return serveBroker(port, answer);
    run_.monitor.reset();
    auto server = flume::serveMetrics(*run_.parts.agents.front().agent, port);
    if (server)
        run_.metrics = std::move(*server);
    else
        answer.issues.push_back(issueOf(server.error(), "agent/" + run_.parts.agents.front().config.name));
}

void RunStarter::serveBroker(std::uint16_t port, Answer& answer) {
    if (run_.monitor || run_.parts.brokers.empty()) return;
    const auto first = [&run = run_]() -> std::shared_ptr<const SharedBroker> {
        const std::lock_guard lock(run.mutex);
        return run.parts.brokers.empty() ? nullptr : run.parts.brokers.front().broker;
    };
    auto monitor = monitorBroker(first, port);
    if (monitor)
        run_.monitor = std::move(*monitor);
    else
        answer.issues.push_back(issueOf(monitor.error(), "cluster/" + run_.parts.brokers.front().plan.id));
}

void RunStarter::startAgents(const topology::RunPlan& plan) {
    for (const catalog::AgentConfig& agent : plan.agents)
        startAgent(agent);
}

void RunStarter::startOneTraffic(const topology::PlannedTraffic& plan, Answer& answer) {
    traffic::TrafficServices services;
    services.disk = &run_.disk;
    services.log = &run_.log;
    services.runDirectory = run_.directory;
    RunningTraffic running{plan, systemEpochMs(), {}};
    auto made = traffic::makeTraffic(trafficConfig(plan), services);
    Status started = made ? (*made)->start() : Status(made.error());
    if (!started) {
        answer.issues.push_back(issueOf(started.error(), "traffic/" + plan.name));
        return;
    }
    running.traffic = std::move(*made);
    const std::lock_guard lock(run_.mutex);
    run_.parts.traffic.push_back(std::move(running));
}

void RunStarter::startTraffic(const topology::RunPlan& plan, Answer& answer) {
    for (const topology::PlannedTraffic& traffic : plan.traffic)
        startOneTraffic(traffic, answer);
}

void RunStarter::noteLeftOut(const topology::RunPlan& plan) {
    const std::lock_guard lock(run_.mutex);
    run_.parts.foreign.clear();
    run_.parts.notRun.clear();
    for (const topology::Diagnostic& diagnostic : plan.diagnostics) {
        if (diagnostic.node.empty()) continue;
        if (topology::onlyFlumeRunsIt(diagnostic.code))
            run_.parts.foreign.push_back(diagnostic.node);
        else if (diagnostic.severity == topology::Severity::error)
            run_.parts.notRun.push_back(diagnostic.node);
    }
}

} // namespace millrace::session
