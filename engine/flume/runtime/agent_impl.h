#pragma once

#include "flume/agent.h"
#include "flume/runtime/changeable_agent.h"
#include "flume/runtime/channel_supervisor.h"
#include "flume/runtime/node_factory.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace millrace::flume {

/// The agent of agent.h. Its own calls (start, stop, apply, …) come from one thread; that thread changes the lists
/// below under the lock, so that status() and taps may read them from any thread.
class AgentImpl final : public Agent, private ChangeableAgent {
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
    // agent_build.cpp
    std::unique_ptr<SinkLine> buildLine(const catalog::SinkGroupConfig* group, Sinks sinks);
    Lines buildLines(const catalog::AgentConfig& config, const Sinks& sinks);
    /// Interceptors, selector and channel transactions by node.config; on the runner's thread, or before it starts.
    /// After an error they are as before.
    Status wire(SourceNode& node, const Channels& channels);
    void attach(SinkNode& node, SinkRunner& runner) override;
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
    const AgentParts& parts() const override { return parts_; }
    Log& log() const override { return *services_.log; }
    void rename(const std::string& agent, const std::function<std::string(const std::string&)>& next) override;
    void rename(Node& node, const std::string& agent, const std::string& id) override;
    void setConfig(Node& node, const catalog::ComponentConfig& config) override;
    Status setConfig(SinkLine& line, const catalog::SinkGroupConfig& group) override;
    Status rewire(SourceNode& node, const catalog::ComponentConfig& config, const Channels& channels,
                  bool mayGoOn) override;
    std::shared_ptr<ChannelNode> makeChannel(const catalog::ComponentConfig& config) override;
    std::shared_ptr<SourceNode> makeSource(const catalog::ComponentConfig& config, const Channels& channels) override;
    std::shared_ptr<SinkNode> makeSink(const catalog::ComponentConfig& config) override;
    std::unique_ptr<SinkLine> makeLine(const catalog::SinkGroupConfig* group, const Sinks& sinks) override;
    void launch(SourceNode& node) override;
    void launch(SinkLine& line) override;
    void finish(const Sources& sources) override;
    void drain(const Channels& channels) override;
    void leaveOut(SourceNode& node, const Error& why) override;
    void end(SinkLine& line) override;
    void replaceNodes(const Channels& channels, Sinks& sinks) override;
    void replaceLines(Lines& lines, const std::vector<SinkLine*>& kept) override;
    void replaceSources(Sources& sources) override;

    // agent_status.cpp
    NodeStatus statusOf(const Node& node) const;
    NodeState stateOf(const Node& node, const NodeHealth::Reading& reading, bool heldUp, std::int64_t passed) const;
    NodeStatus groupStatus(const SinkLine& line) const;
    Node* find(const std::string& id) const override;
    SinkLine* lineOf(const SinkNode& node) const override;

    const AgentServices services_;
    NodeFactory factory_; ///< outlives what it has made
    bool running_ = false;
    std::atomic<bool> aborted_{false};
    std::mutex waitMutex_;
    std::condition_variable waitChanged_;

    mutable std::mutex mutex_;
    AgentParts parts_;

    struct Activity {
        std::int64_t passed = 0;
        MonotonicTime changed{};
    };
    mutable std::map<const Node*, Activity> activity_; ///< guarded by mutex_

    ChannelSupervisor supervisor_{*services_.clock, [this] { return failingChannels(); }};
};

} // namespace millrace::flume
