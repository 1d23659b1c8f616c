#pragma once

#include "flume/agent.h"
#include "flume/support/test_context.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume::test {

/// Writes an agent's configuration in a few words: AgentText("web").source("s", "seq", {{"channels", "c"}})…
class AgentText {
public:
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    explicit AgentText(std::string name) { config_.name = std::move(name); }
    AgentText& source(const std::string& name, const std::string& type, const Pairs& properties);
    AgentText& channel(const std::string& name, const Pairs& properties, const std::string& type = "memory");
    AgentText& sink(const std::string& name, const std::string& type, const Pairs& properties);
    AgentText& group(const std::string& name, const std::vector<std::string>& sinks, const Pairs& properties);
    operator const catalog::AgentConfig&() const { return config_; }
    catalog::AgentConfig& config() { return config_; }

private:
    catalog::AgentConfig config_;
};

constexpr const char* kStress = "org.apache.flume.source.StressSource";

/// Source "s" of so many numbers, channel "c", sink "k".
AgentText oneLine(const std::string& total);
/// What it delivers: "0", "1", …
std::vector<std::string> numbers(std::size_t count);

/// An agent with a run directory of its own and a recorded log.
class AgentFixture {
public:
    explicit AgentFixture(const catalog::AgentConfig& config, const Registry& registry = builtinRegistry(),
                          ThreadClock& clock = systemThreadClock());
    Agent& agent() { return *agent_; }
    Agent* operator->() { return agent_.get(); }
    RecordingLog& log() { return log_; }
    std::filesystem::path directory() const { return directory_.path().toStdString(); }
    NodeStatus node(const std::string& id) const;
    /// As text: Qt Test takes our toString() for one of its own when it prints the enumeration.
    const char* state(const std::string& id) const { return toString(node(id).state); }
    std::int64_t counter(const std::string& id, const std::string& name) const;
    void destroy() { agent_.reset(); }

private:
    QTemporaryDir directory_;
    RecordingLog log_;
    std::unique_ptr<Agent> agent_;
};

} // namespace millrace::flume::test
