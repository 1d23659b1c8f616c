#include "flume/support/agent_fixture.h"

namespace millrace::flume::test {

AgentText& AgentText::source(const std::string& name, const std::string& type, const Pairs& properties) {
    config_.sources.push_back(makeConfig(catalog::ComponentKind::source, name, type, properties));
    return *this;
}

AgentText& AgentText::channel(const std::string& name, const Pairs& properties, const std::string& type) {
    config_.channels.push_back(makeConfig(catalog::ComponentKind::channel, name, type, properties));
    return *this;
}

AgentText& AgentText::sink(const std::string& name, const std::string& type, const Pairs& properties) {
    config_.sinks.push_back(makeConfig(catalog::ComponentKind::sink, name, type, properties));
    return *this;
}

AgentText& AgentText::group(const std::string& name, const std::vector<std::string>& sinks, const Pairs& properties) {
    catalog::SinkGroupConfig group{name, sinks, {}};
    for (const auto& [key, value] : properties) group.properties[key] = value;
    config_.groups.push_back(std::move(group));
    return *this;
}

std::vector<std::string> numbers(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(std::to_string(i));
    return all;
}

AgentText oneLine(const std::string& total) {
    return AgentText("a")
        .source("s", "seq", {{"channels", "c"}, {"totalEvents", total}, {"batchSize", "7"}})
        .channel("c", {{"capacity", "1000"}})
        .sink("k", "logger", {{"channel", "c"}});
}

AgentFixture::AgentFixture(const catalog::AgentConfig& config, const Registry& registry, ThreadClock& clock) {
    AgentServices services;
    services.disk = &posixFileSystem();
    services.log = &log_;
    services.registry = &registry;
    services.clock = &clock;
    services.random = [] { return std::make_unique<SeededRandom>(7); };
    services.runDirectory = directory();
    agent_ = makeAgent(config, services);
}

NodeStatus AgentFixture::node(const std::string& id) const {
    for (NodeStatus& status : agent_->status())
        if (status.id == id) return std::move(status);
    return {};
}

std::int64_t AgentFixture::counter(const std::string& id, const std::string& name) const {
    for (const CounterValue& value : node(id).counters)
        if (value.name == name) return value.value;
    return -1;
}

} // namespace millrace::flume::test
