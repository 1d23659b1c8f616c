#include "flume/registry.h"

#include "flume/channels/memory_channel.h"

namespace millrace::flume {

namespace {

template <typename Factory>
Factory lookUp(const std::map<std::string_view, Factory>& factories, const catalog::ComponentSpec& spec) {
    const auto found = factories.find(spec.className);
    return found == factories.end() ? nullptr : found->second;
}

void addSources(Registry&) {}

void addChannels(Registry& registry) {
    registry.add("org.apache.flume.channel.MemoryChannel", &MemoryChannel::make);
}

void addSinks(Registry&) {}

void addInterceptors(Registry&) {}

/// Selectors, processors and serializers: the agent builds them itself.
void addBuiltIns(Registry& registry) {
    registry.addBuiltIn("org.apache.flume.channel.ReplicatingChannelSelector");
    registry.addBuiltIn("org.apache.flume.channel.MultiplexingChannelSelector");
    registry.addBuiltIn("org.apache.flume.channel.LoadBalancingChannelSelector");
    registry.addBuiltIn("org.apache.flume.sink.DefaultSinkProcessor");
    registry.addBuiltIn("org.apache.flume.sink.FailoverSinkProcessor");
    registry.addBuiltIn("org.apache.flume.sink.LoadBalancingSinkProcessor");
}

} // namespace

SourceFactory Registry::source(const catalog::ComponentSpec& spec) const {
    return lookUp(sources_, spec);
}

SinkFactory Registry::sink(const catalog::ComponentSpec& spec) const {
    return lookUp(sinks_, spec);
}

ChannelFactory Registry::channel(const catalog::ComponentSpec& spec) const {
    return lookUp(channels_, spec);
}

InterceptorFactory Registry::interceptor(const catalog::ComponentSpec& spec) const {
    return lookUp(interceptors_, spec);
}

bool Registry::implements(const catalog::ComponentSpec& spec) const {
    switch (spec.kind) {
    case catalog::ComponentKind::source:
        return source(spec) != nullptr;
    case catalog::ComponentKind::sink:
        return sink(spec) != nullptr;
    case catalog::ComponentKind::channel:
        return channel(spec) != nullptr;
    case catalog::ComponentKind::interceptor:
        return interceptor(spec) != nullptr;
    default:
        return builtIn_.count(spec.className) > 0;
    }
}

const Registry& builtinRegistry() {
    static const Registry registry = [] {
        Registry all;
        addSources(all);
        addChannels(all);
        addSinks(all);
        addInterceptors(all);
        addBuiltIns(all);
        return all;
    }();
    return registry;
}

} // namespace millrace::flume
