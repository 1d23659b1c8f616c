#pragma once

#include "flume/runtime/agent_parts.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// What a change may do with a running agent: look at its parts, make others and put them in the places of the old.
/// The agent's thread only. Whatever status() and taps read from other threads is changed in here under the agent's
/// lock, and where a runner reads it between two of its cycles: whoever changes an agent needs to know of neither.
class ChangeableAgent {
public:
    virtual ~ChangeableAgent() = default;

    virtual const AgentParts& parts() const = 0;
    virtual Node* find(const std::string& id) const = 0;      ///< null when there is none
    virtual SinkLine* lineOf(const SinkNode& node) const = 0; ///< null when none has it
    virtual Log& log() const = 0;

    // Names and configurations.

    /// The agent's name, and the ids of its groups as `next` gives them for the old ones.
    virtual void rename(const std::string& agent, const std::function<std::string(const std::string&)>& next) = 0;
    virtual void rename(Node& node, const std::string& agent, const std::string& id) = 0;
    virtual void setConfig(Node& node, const catalog::ComponentConfig& config) = 0;
    /// The same for a group and its processor, on its runner's thread; after an error it is as before.
    virtual Status setConfig(SinkLine& line, const catalog::SinkGroupConfig& group) = 0;
    /// Another configuration of a source, with interceptors, selector and channel transactions by it. After an error
    /// the source goes on as it was if `mayGoOn`, else it has the new configuration and writes to what is gone.
    virtual Status rewire(SourceNode& node, const catalog::ComponentConfig& config, const Channels& channels,
                          bool mayGoOn) = 0;
    virtual void attach(SinkNode& node, SinkRunner& runner) = 0; ///< to its channel; on the runner's thread

    // New parts. What could not be made has its error in its health.

    virtual std::shared_ptr<ChannelNode> makeChannel(const catalog::ComponentConfig& config) = 0; ///< and starts it
    virtual std::shared_ptr<SourceNode> makeSource(const catalog::ComponentConfig& config,
                                                   const Channels& channels) = 0;
    virtual std::shared_ptr<SinkNode> makeSink(const catalog::ComponentConfig& config) = 0;
    virtual std::unique_ptr<SinkLine> makeLine(const catalog::SinkGroupConfig* group, const Sinks& sinks) = 0;
    /// Once it stands in its place; does nothing while the agent does not run.
    virtual void launch(SourceNode& node) = 0;
    virtual void launch(SinkLine& line) = 0;

    // Old parts.

    /// They read no more and deliver what they have, in the time that removed parts get.
    virtual void finish(const Sources& sources) = 0;
    /// Until they are empty or nothing empties them, in the same time.
    virtual void drain(const Channels& channels) = 0;
    virtual void leaveOut(SourceNode& node, const Error& why) = 0; ///< ends its runner at once
    virtual void end(SinkLine& line) = 0;                          ///< its sinks stay open and wait for another one

    // Places.

    /// The lists that are not const get the old parts. Lines stay as they are meanwhile.
    virtual void replaceNodes(const Channels& channels, Sinks& sinks) = 0;
    /// Where `kept` names an old line, it is that line's place.
    virtual void replaceLines(Lines& lines, const std::vector<SinkLine*>& kept) = 0;
    virtual void replaceSources(Sources& sources) = 0;
};

} // namespace millrace::flume
