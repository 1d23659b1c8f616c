#include "flume/runtime/node_factory.h"

namespace millrace::flume {

namespace {

/// Runs a factory of whatever kind; what it throws stays here.
template <typename Factory>
auto callFactory(Factory factory, const Node& node) -> decltype(factory(std::declval<Settings&>(), node.services)) {
    if (!factory)
        return Error{ErrorCode::unsupported,
                     fmt::format("{} is a component that this version does not run", node.config.type), false};
    try {
        Settings settings(node.config);
        return factory(settings, node.services);
    } catch (const std::exception& exception) {
        return Error{ErrorCode::internal, exception.what(), false};
    }
}

} // namespace

std::string NodeFactory::idOf(std::string_view kind, const std::string& name) const {
    return fmt::format("{}/{}/{}", agent_, kind, name);
}

void NodeFactory::fill(Node& node, std::string_view kind, const catalog::ComponentConfig& config) {
    node.id = idOf(kind, config.name);
    node.config = config;
    node.log.open(*services_.log, node.id);
    node.random = services_.random();
    node.counters = makeCounters(*config.spec);
    node.services = servicesOf(node.id, node.log, *node.random);
    node.services.counters = node.counters.get();
}

ComponentServices NodeFactory::servicesOf(const std::string& id, Log& log, Random& random) {
    ComponentServices services;
    services.agent = agent_;
    services.id = id;
    services.runDirectory = services_.runDirectory;
    services.disk = services_.disk;
    services.log = &log;
    services.clock = services_.clock;
    services.random = &random;
    services.loop = [this]() -> net::EventLoop& { return loop(); };
    services.registry = services_.registry;
    return services;
}

net::EventLoop& NodeFactory::loop() {
    const std::lock_guard lock(loopMutex_);
    if (!loop_) loop_ = std::make_unique<net::EventLoop>("agent " + agent_);
    return *loop_;
}

void NodeFactory::leaveOut(Node& node, const Error& error) const {
    services_.log->error(node.id, "{}", error.message);
    node.health.failed(error);
}

std::shared_ptr<ChannelNode> NodeFactory::channel(const catalog::ComponentConfig& config) {
    auto node = std::make_shared<ChannelNode>(*services_.clock);
    fill(*node, "channels", config);
    node->services.wakeUp = &node->wakeUp;
    node->services.stopping = &node->stopping;
    auto built = callFactory(services_.registry->find<ChannelFactory>(*config.spec), *node);
    if (built)
        node->channel = std::move(*built);
    else
        leaveOut(*node, built.error());
    return node;
}

std::shared_ptr<SourceNode> NodeFactory::source(const catalog::ComponentConfig& config) {
    auto node = std::make_shared<SourceNode>(*services_.clock);
    fill(*node, "sources", config);
    auto runner = std::make_unique<SourceRunner>(*node, node->log);
    node->services.wakeUp = &runner->wakeUp();
    node->services.stopping = &runner->stopping();
    auto built = callFactory(services_.registry->find<SourceFactory>(*config.spec), *node);
    if (!built) {
        leaveOut(*node, built.error());
        return node;
    }
    runner->setSource(std::move(*built));
    runner->setPauses(config);
    node->runner = std::move(runner);
    return node;
}

std::shared_ptr<SinkNode> NodeFactory::sink(const catalog::ComponentConfig& config) {
    auto node = std::make_shared<SinkNode>(*services_.clock);
    fill(*node, "sinks", config);
    node->services.wakeUp = &node->wakeUp;
    node->services.stopping = &node->stopping;
    auto built = callFactory(services_.registry->find<SinkFactory>(*config.spec), *node);
    if (!built) {
        leaveOut(*node, built.error());
        return node;
    }
    node->member = std::make_unique<SinkMember>(*node, std::move(*built), node->log);
    return node;
}

} // namespace millrace::flume
