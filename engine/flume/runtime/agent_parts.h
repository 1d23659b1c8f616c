#pragma once

#include "flume/runtime/sink_runner.h"
#include "flume/runtime/source_runner.h"

#include <memory>
#include <string>
#include <vector>

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

using Sources = std::vector<std::shared_ptr<SourceNode>>;
using Channels = std::vector<std::shared_ptr<ChannelNode>>;
using Sinks = std::vector<std::shared_ptr<SinkNode>>;
using Lines = std::vector<std::unique_ptr<SinkLine>>;

/// What an agent consists of.
struct AgentParts {
    Channels channels;
    Sinks sinks;
    Lines lines;
    Sources sources;
};

} // namespace millrace::flume
