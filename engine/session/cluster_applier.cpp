#include "session/cluster_applier.h"

#include "session/issues.h"

#include <algorithm>

namespace millrace::session {

bool ClusterApplier::begin(Answer& answer) {
    topology::RunPlan coming;
    coming.clusters = missing();
    const Clusters ended = makeRoom(coming.clusters, answer);
    moveData(ended, false, answer);
    if (!start(coming.clusters, answer)) {
        putBack(ended, coming.clusters, answer);
        return false;
    }
    // Ended outside of the lock: a look may be under way.
    run_.takeOut(run_.parts.watched, [this](const WatchedCluster& watched) { return stays(watched.plan); });
    starter_.watchExternal(coming, answer);
    return true;
}

void ClusterApplier::end(Answer& answer) {
    const auto named = [this](const RunningBroker& running) {
        return findPart(plan_.clusters, [&](const auto& c) { return c.id == running.plan.id; }) != plan_.clusters.end();
    };
    for (const RunningBroker& gone : run_.takeOut(run_.parts.brokers, named))
        stop(gone, answer);
}

const topology::PlannedCluster* ClusterApplier::next(const topology::PlannedCluster& running) const {
    const std::string id = idAfter(renames_, "cluster/", running.id);
    const auto found = findPart(plan_.clusters, [&](const auto& c) { return c.id == id; });
    return found == plan_.clusters.end() ? nullptr : &*found;
}

bool ClusterApplier::stays(const topology::PlannedCluster& running) const {
    const topology::PlannedCluster* after = next(running);
    return after != nullptr && after->id == running.id && after->embedded == running.embedded &&
           after->listen == running.listen && after->servers == running.servers && after->configs == running.configs;
}

ClusterApplier::Clusters ClusterApplier::missing() const {
    Clusters coming;
    for (const topology::PlannedCluster& cluster : plan_.clusters) {
        const auto same = [&](const auto& part) { return part.plan.id == cluster.id && stays(part.plan); };
        if (findPart(run_.parts.brokers, same) == run_.parts.brokers.end() &&
            findPart(run_.parts.watched, same) == run_.parts.watched.end())
            coming.push_back(cluster);
    }
    return coming;
}

ClusterApplier::Clusters ClusterApplier::makeRoom(const Clusters& coming, Answer& answer) {
    // The others stay until their agents are gone.
    const auto outOfTheWay = [&](const RunningBroker& running) {
        const bool holdsPort = std::any_of(
            coming.begin(), coming.end(), [&](const auto& c) { return c.embedded && c.listen == running.plan.listen; });
        return stays(running.plan) || (next(running.plan) == nullptr && !holdsPort);
    };
    Clusters ended;
    for (const RunningBroker& running : run_.takeOut(run_.parts.brokers, outOfTheWay)) {
        ended.push_back(running.plan);
        stop(running, answer);
    }
    return ended;
}

void ClusterApplier::putBack(const Clusters& ended, const Clusters& came, Answer& answer) {
    // Agents must not find a stranger on the port: everything is as it was.
    const auto old = [&](const RunningBroker& running) {
        return findPart(came, [&](const auto& c) { return c.id == running.plan.id; }) == came.end();
    };
    for (const RunningBroker& running : run_.takeOut(run_.parts.brokers, old))
        stop(running, answer);
    moveData(ended, true, answer);
    start(ended, answer);
}

bool ClusterApplier::start(const Clusters& clusters, Answer& answer) {
    topology::RunPlan plan;
    plan.clusters = clusters;
    return starter_.startClusters(plan, answer);
}

void ClusterApplier::moveData(const Clusters& clusters, bool back, Answer& answer) {
    for (const topology::PlannedCluster& cluster : clusters) {
        const auto old = starter_.brokerDirectory(cluster.id);
        const auto fresh = starter_.brokerDirectory(idAfter(renames_, "cluster/", cluster.id));
        if (!old || !fresh) continue; // such a cluster is never started
        const std::filesystem::path from = back ? *fresh : *old, to = back ? *old : *fresh;
        if (from == to || run_.disk.info(to) || !run_.disk.info(from)) continue;
        if (auto moved = run_.disk.rename(from, to); !moved)
            answer.issues.push_back(issueOf(moved.error(), "cluster/" + cluster.id));
    }
}

void ClusterApplier::stop(const RunningBroker& running, Answer& answer) {
    if (auto stopped = running.broker->end(); !stopped)
        answer.issues.push_back(issueOf(stopped.error(), "cluster/" + running.plan.id));
}

} // namespace millrace::session
