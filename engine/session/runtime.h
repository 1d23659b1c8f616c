#pragma once

#include "flume/runtime/metrics_server.h"
#include "session/log_store.h"
#include "session/run_parts.h"
#include "session/session.h"
#include "topology/document/document.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace millrace::session {

/// One document that runs in this process. start, apply, stop and the node verbs come from one thread (the session's
/// command thread) and may take seconds; the others may be called from any thread.
class Runtime {
public:
    using RenameMap = std::map<std::string, std::string>; ///< node id before → after

    Runtime(FileSystem& disk, LogStore& log);
    ~Runtime(); ///< stops without draining

    /// Each fills `ok`, `issues` and what else its verb has; `request` and `verb` are the caller's.
    Answer start(const StartRequest& request);
    Answer apply(const ApplyRequest& request);
    /// Calls `drained` when nothing moves any more and all parts can still be looked at.
    Answer stop(std::chrono::milliseconds drainLimit, const std::function<void()>& drained);
    Answer startNode(const std::string& id);
    Answer stopNode(const std::string& id);
    Answer burst(const std::string& trafficId, double perSecond, std::chrono::milliseconds duration);

    /// Cuts a stop that drains short. Any thread.
    void abort();
    bool running() const { return running_; }
    std::int64_t epoch() const { return epoch_; }
    /// Calls `read` with the parts held still. Any thread; `read` must not wait for a broker or a disk.
    template <typename Read>
    void withParts(Read&& read) const {
        const std::lock_guard lock(mutex_);
        read(parts_);
    }

private:
    topology::RunPlan planOf(const std::string& text) const;
    Status prepareRunDirectory(const std::string& directory);
    /// True where the request chooses what the document has not.
    static bool refuseUnmatched(const topology::RunPlan& plan, Answer& answer);
    /// Clusters first: when one cannot listen nothing else may start, because agents would talk to whoever holds the
    /// port.
    bool startClusters(const topology::RunPlan& plan, Answer& answer);
    /// Refuses an id that is not one plain path element: broker data stay in the run directory.
    Result<std::filesystem::path> brokerDirectory(const std::string& clusterId) const;
    void declareTopics(const topology::RunPlan& plan, Answer& answer);
    void watchExternal(const topology::RunPlan& plan, Answer& answer);
    void startAgents(const topology::RunPlan& plan);
    void startTraffic(const topology::RunPlan& plan, Answer& answer);
    void startAgent(const catalog::AgentConfig& config);
    void serveMetrics(Answer& answer);
    void startOneTraffic(const topology::PlannedTraffic& plan, Answer& answer);
    /// True when it runs on, with a new rate if that is all that changed.
    bool keepTraffic(RunningTraffic& running, const topology::RunPlan& plan, Answer& answer) const;
    void noteLeftOut(const topology::RunPlan& plan);
    void stopTraffic();
    void stopAgents(std::chrono::milliseconds drainLimit, Answer& answer);
    static void noteLeft(const std::vector<flume::Leftover>& leftovers, Answer& answer);
    void stopAll();
    Status nodeVerb(const std::string& id, Status (flume::Agent::*verb)(const std::string&));

    // runtime_apply.cpp
    bool refuseLoss(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer) const;
    /// False: one cannot listen, and all clusters are as before.
    bool applyClusters(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer);
    /// The data of a renamed cluster goes with it (or back).
    void moveClusterData(const std::vector<topology::PlannedCluster>& clusters, const RenameMap& renames, bool back,
                         Answer& answer);
    static void stopBroker(const RunningBroker& running, Answer& answer);
    void endTraffic(const topology::RunPlan& plan, Answer& answer);
    void endClusters(const topology::RunPlan& plan, Answer& answer);
    void applyAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer);
    void endAgents(const topology::RunPlan& plan, const RenameMap& renames, Answer& answer);
    void changeAgent(RunningAgent& running, const catalog::AgentConfig& config, const RenameMap& renames,
                     Answer& answer);
    void applyTraffic(const topology::RunPlan& plan, Answer& answer);
    /// Those for which `stays` is false, in their order. Under the lock; to be ended outside of it, which takes time.
    template <typename Part, typename Stays>
    std::vector<Part> takeOut(std::vector<Part>& parts, Stays&& stays);

    FileSystem& disk_;
    LogStore& log_;
    StartRequest request_;
    std::filesystem::path runDirectory_;
    mutable std::mutex mutex_; ///< guards parts_ against the sampler
    RunParts parts_;
    std::unique_ptr<flume::MetricsServer> metrics_;
    std::atomic<bool> running_{false};
    std::atomic<bool> aborting_{false};
    std::atomic<std::int64_t> epoch_{0};
};

} // namespace millrace::session
