#pragma once

#include "flume/agent.h"
#include "flume/runtime/channel_supervisor.h"
#include "flume/runtime/node_factory.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace millrace::flume {

/// A sink alone or a sink group: one runner and the sinks it has. An id only for groups.
struct SinkLine {
    std::string id;
    catalog::SinkGroupConfig config;
    NodeLog log; ///< of a group
    std::unique_ptr<Random> random;
    ComponentServices services; ///< of a group, for its processor
    std::vector<std::shared_ptr<SinkNode>> sinks;
    std::unique_ptr<SinkRunner> runner; ///< null when the group could not be built, or has ended
    NodeHealth health;                  ///< of a group that could not be built
    ~SinkLine();
    SinkLine() = default;
    bool isGroup() const { return !id.empty(); }
    void detachSinks(); ///< after the runner's thread has ended: nothing may wake a runner that goes
};

/// The agent of agent.h. Its own calls (start, stop, apply, …) come from one thread; that thread changes the lists
/// below under the lock, so that status() and taps may read them from any thread.
class AgentImpl final : public Agent {
public:
    AgentImpl(const catalog::AgentConfig& config, const AgentServices& services);
    ~AgentImpl() override;

    void start() override;
    std::vector<Leftover> stop(std::chrono::milliseconds drainLimit) override;
    void abort() override;
    ApplyReport apply(const catalog::AgentConfig& next,
                      const std::vector<std::pair<std::string, std::string>>& renames) override;
    Status startNode(const std::string& id) override;
    Status stopNode(const std::string& id) override;
    std::vector<NodeStatus> status() const override;
    Result<TapRead> tap(const std::string& id, std::uint64_t after, std::size_t maxEvents,
                        std::size_t maxBodyBytes) override;
    std::string metricsJson() const override;

private:
    friend class Applier;
    using Sources = std::vector<std::shared_ptr<SourceNode>>;
    using Channels = std::vector<std::shared_ptr<ChannelNode>>;
    using Sinks = std::vector<std::shared_ptr<SinkNode>>;
    using Lines = std::vector<std::unique_ptr<SinkLine>>;

    // agent_build.cpp
    std::unique_ptr<SinkLine> buildLine(const catalog::SinkGroupConfig* group, Sinks sinks);
    Lines buildLines(const catalog::AgentConfig& config, const Sinks& sinks);
    /// Interceptors, selector and channel transactions by node.config; on the runner's thread, or before it starts.
    /// After an error they are as before.
    Status wire(SourceNode& node, const Channels& channels);
    void attach(SinkNode& node, SinkRunner& runner);
    Status setProcessor(SinkLine& line);
    Channel* channelNamed(const std::string& name, const Channels& channels) const;

    // agent.cpp
    void startChannel(ChannelNode& node);
    void startLine(SinkLine& line);
    void startSource(SourceNode& node);
    void prepare(const Node& node);
    void finishSources(const Sources& sources, MonotonicTime deadline);
    /// A peer that answers until `deadline` gets the time to do so: what it was sent would come twice else.
    void finishLines(const std::vector<SinkLine*>& lines, MonotonicTime deadline);
    /// Waits on the agent's thread; false at the deadline or after abort().
    bool waitUntil(const std::function<bool()>& condition, MonotonicTime deadline);
    bool hasSink(const ChannelNode& channel) const;
    Channels failingChannels() const;

    // agent_apply.cpp
    /// Changes a node where its runner reads it: between two cycles, and under the lock.
    void onRunner(const Node& node, const std::function<void()>& fn);

    // agent_status.cpp
    NodeStatus statusOf(const Node& node) const;
    NodeState stateOf(const Node& node, const NodeHealth::Reading& reading, bool heldUp, std::int64_t passed) const;
    NodeStatus groupStatus(const SinkLine& line) const;
    Node* find(const std::string& id) const;
    SinkLine* lineOf(const SinkNode& node) const;

    const AgentServices services_;
    NodeFactory factory_; ///< outlives what it has made
    bool running_ = false;
    std::atomic<bool> aborted_{false};
    std::mutex waitMutex_;
    std::condition_variable waitChanged_;

    mutable std::mutex mutex_;
    Channels channels_;
    Sinks sinks_;
    Lines lines_;
    Sources sources_;

    struct Activity {
        std::int64_t passed = 0;
        MonotonicTime changed{};
    };
    mutable std::map<const Node*, Activity> activity_; ///< guarded by mutex_

    ChannelSupervisor supervisor_{*services_.clock, [this] { return failingChannels(); }};
};

} // namespace millrace::flume
