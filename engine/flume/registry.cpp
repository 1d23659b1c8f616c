#include "flume/registry.h"

#include "flume/channels/memory_channel.h"
#include "flume/interceptors/header_interceptors.h"
#include "flume/interceptors/regex_extractor_interceptor.h"
#include "flume/interceptors/regex_filter_interceptor.h"
#include "flume/interceptors/remove_header_interceptor.h"
#include "flume/interceptors/search_replace_interceptor.h"
#include "flume/sinks/avro_sink.h"
#include "flume/sinks/file_roll_sink.h"
#include "flume/sinks/kafka_sink.h"
#include "flume/sinks/logger_sink.h"
#include "flume/sinks/null_sink.h"
#include "flume/sources/avro_source.h"
#include "flume/sources/exec_source.h"
#include "flume/sources/kafka_source.h"
#include "flume/sources/netcat_source.h"
#include "flume/sources/seq_source.h"
#include "flume/sources/stress_source.h"
#include "flume/sources/taildir/taildir_source.h"

namespace millrace::flume {

namespace {

template <typename Factory>
Factory lookUp(const std::map<std::string_view, Factory>& factories, const catalog::ComponentSpec& spec) {
    const auto found = factories.find(spec.className);
    return found == factories.end() ? nullptr : found->second;
}

void addSources(Registry& registry) {
    registry.add("org.apache.flume.source.AvroSource", &makeAvroSource);
    registry.add("org.apache.flume.source.ExecSource", &makeExecSource);
    registry.add("org.apache.flume.source.NetcatSource", &makeNetcatSource);
    registry.add("org.apache.flume.source.SequenceGeneratorSource", &SeqSource::make);
    registry.add("org.apache.flume.source.StressSource", &StressSource::make);
    registry.add("org.apache.flume.source.kafka.KafkaSource", &makeKafkaSource);
    registry.add("org.apache.flume.source.taildir.TaildirSource", &makeTaildirSource);
}

void addChannels(Registry& registry) {
    registry.add("org.apache.flume.channel.MemoryChannel", &MemoryChannel::make);
}

void addSinks(Registry& registry) {
    registry.add("org.apache.flume.sink.AvroSink", &makeAvroSink);
    registry.add("org.apache.flume.sink.LoggerSink", &makeLoggerSink);
    registry.add("org.apache.flume.sink.NullSink", &NullSink::make);
    registry.add("org.apache.flume.sink.RollingFileSink", &makeFileRollSink);
    registry.add("org.apache.flume.sink.kafka.KafkaSink", &makeKafkaSink);
}

void addInterceptors(Registry& registry) {
    registry.add("org.apache.flume.interceptor.TimestampInterceptor$Builder", &TimestampInterceptor::make);
    registry.add("org.apache.flume.interceptor.HostInterceptor$Builder", &HostInterceptor::make);
    registry.add("org.apache.flume.interceptor.StaticInterceptor$Builder", &StaticInterceptor::make);
    registry.add("org.apache.flume.interceptor.RegexFilteringInterceptor$Builder", &RegexFilterInterceptor::make);
    registry.add("org.apache.flume.interceptor.RegexExtractorInterceptor$Builder", &RegexExtractorInterceptor::make);
    registry.add("org.apache.flume.interceptor.SearchAndReplaceInterceptor$Builder", &SearchReplaceInterceptor::make);
    registry.add("org.apache.flume.interceptor.RemoveHeaderInterceptor$Builder", &RemoveHeaderInterceptor::make);
}

/// Selectors, processors, serializers and path managers: agent and sinks build them themselves.
void addBuiltIns(Registry& registry) {
    registry.addBuiltIn("org.apache.flume.channel.ReplicatingChannelSelector");
    registry.addBuiltIn("org.apache.flume.channel.MultiplexingChannelSelector");
    registry.addBuiltIn("org.apache.flume.channel.LoadBalancingChannelSelector");
    registry.addBuiltIn("org.apache.flume.sink.DefaultSinkProcessor");
    registry.addBuiltIn("org.apache.flume.sink.FailoverSinkProcessor");
    registry.addBuiltIn("org.apache.flume.sink.LoadBalancingSinkProcessor");
    registry.addBuiltIn("org.apache.flume.serialization.BodyTextEventSerializer$Builder");
    registry.addBuiltIn("org.apache.flume.serialization.HeaderAndBodyTextEventSerializer$Builder");
    registry.addBuiltIn("org.apache.flume.serialization.FlumeEventAvroEventSerializer$Builder");
    registry.addBuiltIn("org.apache.flume.formatter.output.DefaultPathManager$Builder");
    registry.addBuiltIn("org.apache.flume.formatter.output.RollTimePathManager$Builder");
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
