#pragma once

#include "bench/agent_bench.h"
#include "flume/support/batch_sink.h"

#include <atomic>
#include <charconv>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

/// A running agent that is edited: one flow with everything that can change while it runs, and one that nobody touches.
namespace millrace::flume::test {

/// What has come out of a channel of numbers, by whichever sink: each exactly once, if count and sums say so.
struct NumbersSeen {
    std::atomic<std::uint64_t> count{0}, sum{0}, squares{0};

    void add(std::uint64_t number) {
        count.fetch_add(1, std::memory_order_relaxed);
        sum.fetch_add(number, std::memory_order_relaxed);
        squares.fetch_add(number * number, std::memory_order_relaxed); // modulo 2^64, like what it is compared with
    }
    bool areAllBelow(std::uint64_t end) const {
        std::uint64_t all = 0, allSquares = 0;
        for (std::uint64_t number = 0; number < end; ++number) {
            all += number;
            allSquares += number * number;
        }
        return count == end && sum == all && squares == allSquares;
    }
    /// By the name of the channel.
    static NumbersSeen& of(const std::string& channel) {
        static std::mutex mutex;
        static std::map<std::string, NumbersSeen> all;
        const std::lock_guard lock(mutex);
        return all[channel];
    }
    static void forget(std::initializer_list<const char*> channels) {
        for (const char* channel : channels)
            of(channel).count = of(channel).sum = of(channel).squares = 0;
    }
};

/// Stands in for null sinks: "k-c-1" takes the numbers of channel "c".
class NumbersSink final : public BatchSink {
public:
    static Result<std::unique_ptr<Sink>> make(Settings& settings, const ComponentServices& services) {
        const auto batch = static_cast<std::size_t>(settings.number("batchSize"));
        (void)settings.number("logEveryNEvents");
        return std::unique_ptr<Sink>(std::make_unique<NumbersSink>(services, batch));
    }
    NumbersSink(const ComponentServices& services, std::size_t batch)
        : BatchSink(services, batch, FlumeCounter::eventWriteFail), seen_(NumbersSeen::of(channelOf(services.id))) {}
    Status start() override { return ok(); }
    void stop() override {}
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        setBatchSize(static_cast<std::size_t>(settings.number("batchSize")));
        return ok();
    }

private:
    static std::string channelOf(const std::string& id) {
        const std::string name = id.substr(id.rfind('/') + 1);
        return name.substr(2, name.rfind('-') - 2);
    }
    Status send(std::span<const EventRange> events, std::size_t) override {
        for (const EventRange& range : events)
            for (std::uint32_t i = range.first; i < range.last; ++i) {
                const std::string_view body = range.batch->body(i);
                std::uint64_t number = 0;
                (void)std::from_chars(body.data(), body.data() + body.size(), number);
                seen_.add(number);
            }
        return ok();
    }
    NumbersSeen& seen_;
};

inline Registry numbersRegistry() {
    Registry registry = builtinRegistry();
    registry.add("org.apache.flume.sink.NullSink", &NumbersSink::make);
    return registry;
}

/// Flow "s" → c (memory), f (file), p (spillable) → sinks, of which two are a group each on c and on f; and flow
/// "untouched" → u (memory) → sink.
inline catalog::AgentConfig editedAgent() {
    using bench::component;
    using catalog::ComponentKind;
    catalog::AgentConfig agent;
    agent.name = "a";
    catalog::Properties source{{"channels", "c f p"},
                               {"selector.type", "multiplexing"},
                               {"selector.default", "c f p"},
                               {"interceptors", "ts st ho fi sr rm ex uu"},
                               {"interceptors.ts.type", "timestamp"},
                               {"interceptors.st.type", "static"},
                               {"interceptors.ho.type", "host"},
                               {"interceptors.fi.type", "regex_filter"},
                               {"interceptors.sr.type", "search_replace"},
                               {"interceptors.sr.searchPattern", "x"},
                               {"interceptors.sr.replaceString", "y"},
                               {"interceptors.rm.type", "remove_header"},
                               {"interceptors.rm.withName", "gone"},
                               {"interceptors.ex.type", "regex_extractor"},
                               {"interceptors.ex.regex", "^([0-9])"},
                               {"interceptors.ex.serializers", "s1"},
                               {"interceptors.ex.serializers.s1.name", "first"},
                               {"interceptors.ex.serializers.s2.name", "other"},
                               {"interceptors.uu.type", "org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder"},
                               {"batchSize", "100"}};
    agent.sources = {component(ComponentKind::source, "s", "seq", source),
                     component(ComponentKind::source, "untouched", "seq", {{"channels", "u"}, {"batchSize", "100"}})};
    const catalog::Properties memory{{"capacity", "10000"}, {"transactionCapacity", "1000"}};
    const catalog::Properties files{{"checkpointDir", "fc"},
                                    {"dataDirs", "fd"},
                                    {"transactionCapacity", "1000"},
                                    {"fsyncPerTransaction", "false"},
                                    {"minimumRequiredSpace", "1048576"}};
    catalog::Properties spilled{{"memoryCapacity", "2000"},
                                {"transactionCapacity", "1000"},
                                {"checkpointDir", "pc"},
                                {"dataDirs", "pd"},
                                {"overflowTimeout", "0"},
                                {"fsyncPerTransaction", "false"},
                                {"minimumRequiredSpace", "1048576"}};
    agent.channels = {component(ComponentKind::channel, "c", "memory", memory),
                      component(ComponentKind::channel, "f", "file", files),
                      component(ComponentKind::channel, "p", "SPILLABLEMEMORY", spilled),
                      component(ComponentKind::channel, "u", "memory", memory)};
    for (const char* sink : {"k-c-1", "k-c-2", "k-f-1", "k-f-2", "k-p-1", "k-u-1"})
        agent.sinks.push_back(
            component(ComponentKind::sink, sink, "null", {{"channel", std::string(1, sink[2])}, {"batchSize", "100"}}));
    agent.groups = {{"balanced", {"k-c-1", "k-c-2"}, {{"processor.type", "load_balance"}}},
                    {"failing", {"k-f-1", "k-f-2"}, {{"processor.type", "failover"}}}};
    return agent;
}

/// One property of one component ("channels/c"), and another value for it.
struct LiveEdit {
    const char* component;
    const char* key;
    const char* value;
};

inline constexpr LiveEdit kLiveEdits[] = {
    {"sources/s", "batchSize", "70"},
    {"sources/s", "totalEvents", "1000000000"},
    {"sources/s", "channels", "p c f"},
    {"sources/s", "selector.header", "kind"},
    {"sources/s", "selector.mapping.x", "c"},
    {"sources/s", "selector.optional.x", "f"},
    {"sources/s", "selector.default", "f p c"},
    {"sources/s", "interceptors", "st ts fi sr"},
    {"sources/s", "interceptors.ts.headerName", "when"},
    {"sources/s", "interceptors.ts.preserveExisting", "true"},
    {"sources/s", "interceptors.st.key", "team"},
    {"sources/s", "interceptors.st.value", "blue"},
    {"sources/s", "interceptors.st.preserveExisting", "false"},
    {"sources/s", "interceptors.ho.useIP", "false"},
    {"sources/s", "interceptors.ho.preserveExisting", "true"},
    {"sources/s", "interceptors.ho.hostHeader", "machine"},
    {"sources/s", "interceptors.fi.regex", "[0-9]"},
    {"sources/s", "interceptors.sr.searchPattern", "z"},
    {"sources/s", "interceptors.sr.replaceString", "w"},
    {"sources/s", "interceptors.sr.charset", "ISO-8859-1"},
    {"sources/s", "interceptors.rm.withName", "away"},
    {"sources/s", "interceptors.rm.fromList", "a;b"},
    {"sources/s", "interceptors.rm.fromListSeparator", ";"},
    {"sources/s", "interceptors.rm.matching", "tmp.*"},
    {"sources/s", "interceptors.ex.regex", "([0-9])$"},
    {"sources/s", "interceptors.ex.serializers", "s2"},
    {"sources/s", "interceptors.ex.serializers.s1.name", "digit"},
    {"sources/s", "interceptors.uu.headerName", "number"},
    {"sources/s", "interceptors.uu.preserveExisting", "false"},
    {"sources/s", "interceptors.uu.prefix", "n-"},
    {"channels/c", "capacity", "20000"},
    {"channels/c", "transactionCapacity", "500"},
    {"channels/c", "keep-alive", "5"},
    {"channels/c", "byteCapacity", "10000000"},
    {"channels/c", "byteCapacityBufferPercentage", "10"},
    {"channels/f", "capacity", "500000"},
    {"channels/f", "transactionCapacity", "500"},
    {"channels/f", "keep-alive", "5"},
    {"channels/f", "checkpointInterval", "5000"},
    {"channels/f", "checkpointOnClose", "false"},
    {"channels/f", "maxFileSize", "100000000"},
    {"channels/f", "minimumRequiredSpace", "2097152"},
    {"channels/f", "fsyncPerTransaction", "true"},
    {"channels/f", "fsyncInterval", "1"},
    {"channels/p", "memoryCapacity", "4000"},
    {"channels/p", "overflowCapacity", "200000"},
    {"channels/p", "byteCapacity", "10000000"},
    {"channels/p", "transactionCapacity", "500"},
    {"sinks/k-c-1", "batchSize", "50"},
    {"sinks/k-p-1", "batchSize", "200"},
    {"sinkgroups/balanced", "processor.selector", "random"},
    {"sinkgroups/balanced", "processor.backoff", "true"},
    {"sinkgroups/balanced", "processor.selector.maxTimeOut", "5000"},
    {"sinkgroups/failing", "processor.priority.k-f-2", "10"},
    {"sinkgroups/failing", "processor.maxpenalty", "5000"},
};

inline void make(const LiveEdit& edit, catalog::AgentConfig& agent) {
    const std::string_view component = edit.component;
    const std::string_view name = component.substr(component.find('/') + 1);
    for (auto* kind : {&agent.sources, &agent.channels, &agent.sinks})
        for (catalog::ComponentConfig& each : *kind)
            if (each.name == name) each.properties[edit.key] = edit.value;
    for (auto& group : agent.groups)
        if (group.name == name) group.properties[edit.key] = edit.value;
}

} // namespace millrace::flume::test
