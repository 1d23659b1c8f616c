#pragma once

#include "flume/agent.h"
#include "flume/runtime/changeable_agent.h"
#include "flume/runtime/component_change.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {

/// The node of that name; null when there is none.
template <typename Nodes>
auto named(const Nodes& nodes, const std::string& name) {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node->config.name == name; });
    return found == nodes.end() ? typename Nodes::value_type() : *found;
}

/// One change of a running agent (SHAPES §5). The order keeps events: sources leave a removed channel first, its sinks
/// empty it, then the sinks change, and new sources start last.
class Applier {
public:
    Applier(ChangeableAgent& agent, const catalog::AgentConfig& next) : agent_(agent), next_(next) {}
    void rename(const std::vector<std::pair<std::string, std::string>>& renames);
    ApplyReport run();

private:
    void changeChannels();
    std::shared_ptr<ChannelNode> changedChannel(const std::shared_ptr<ChannelNode>& old,
                                                const catalog::ComponentConfig& config);
    void changeSources();
    std::shared_ptr<SourceNode> changedSource(const std::shared_ptr<SourceNode>& old,
                                              const catalog::ComponentConfig& config);
    std::shared_ptr<SourceNode> newSource(const catalog::ComponentConfig& config, bool wanted);
    /// Interceptors, selector and channels by `config`. False when that cannot be: the source goes on as it was, or is
    /// left out where a channel that it wrote to goes.
    bool rewire(SourceNode& node, const catalog::ComponentConfig& config);
    void changeSinks();
    std::shared_ptr<SinkNode> changedSink(const std::shared_ptr<SinkNode>& old, const catalog::ComponentConfig& config);
    void changeLines();
    bool sameLine(const SinkLine& line, const catalog::SinkGroupConfig* group, const Sinks& members) const;
    void keepLine(SinkLine& line, const catalog::SinkGroupConfig* group);
    void finish();

    bool hasChannel(const std::string& name) const;    ///< one that could be built
    bool losesChannel(const SourceNode& source) const; ///< one that it writes to is removed, or another object now
    bool touchesNewChannel(const catalog::ComponentConfig& config) const;
    void noteLive(const std::string& id);

    ChangeableAgent& agent_;
    const catalog::AgentConfig& next_;
    ApplyReport report_;

    Channels channels_, removedChannels_;
    std::set<std::string> newChannels_; ///< names whose channel object is another than before, or gone
    Sources sources_, newSources_;
    Sinks sinks_;
    std::set<const SinkNode*> reattach_; ///< kept sinks whose channel is another now
};

} // namespace millrace::flume
