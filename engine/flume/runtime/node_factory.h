#pragma once

#include "flume/agent.h"
#include "flume/runtime/sink_runner.h"
#include "flume/runtime/source_runner.h"
#include "net/event_loop.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace millrace::flume {

/// Makes the nodes of one agent out of configurations, and what they are handed: services, and the loop that they
/// share. Knows none of the nodes that it has made; they must not outlive it. The agent's thread, but for loop().
class NodeFactory {
public:
    NodeFactory(std::string agent, const AgentServices& services) : services_(services), agent_(std::move(agent)) {}

    /// Of nodes that are made from now on.
    void rename(std::string agent) {
        const std::lock_guard lock(loopMutex_);
        agent_ = std::move(agent);
    }

    /// "web/sources/access".
    std::string idOf(std::string_view kind, const std::string& name) const;
    ComponentServices servicesOf(const std::string& id, Log& log, Random& random);
    /// Never null; a node whose component could not be built has none, and its error in the log and in its health.
    std::shared_ptr<ChannelNode> channel(const catalog::ComponentConfig& config);
    std::shared_ptr<SourceNode> source(const catalog::ComponentConfig& config);
    std::shared_ptr<SinkNode> sink(const catalog::ComponentConfig& config);
    /// A component that cannot run, for this reason.
    void leaveOut(Node& node, const Error& error) const;

private:
    void fill(Node& node, std::string_view kind, const catalog::ComponentConfig& config);
    net::EventLoop& loop(); ///< any thread

    const AgentServices services_;
    std::mutex loopMutex_;
    std::string agent_;                    ///< changed under loopMutex_
    std::unique_ptr<net::EventLoop> loop_; ///< made when a component needs it; guarded by loopMutex_
};

} // namespace millrace::flume
