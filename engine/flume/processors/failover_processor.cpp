#include "flume/processors/failover_processor.h"

#include "java/java_number.h"
#include "flume/registry.h"
#include "flume/sentences.h"

#include <algorithm>

namespace millrace::flume {

namespace {

constexpr std::chrono::milliseconds kPenaltyUnit{1000};

} // namespace

Result<std::unique_ptr<SinkProcessor>> FailoverProcessor::make(Settings& settings, const ComponentServices& services,
                                                               const ProcessorParts& parts) {
    const auto maxPenalty = settings.duration("maxpenalty");
    const auto priorities = settings.group("priority");
    MILLRACE_TRY(settings.status());
    std::map<int, GroupSink*> byPriority;
    int nextDefault = -1; // Flume: sinks without a usable priority get -1, -2, … in their order
    for (GroupSink* sink : parts.sinks) {
        const auto given = priorities.find(sink->name());
        const auto priority = given == priorities.end() ? std::nullopt : java::parseJavaInt(given->second);
        const int place = priority ? *priority : nextDefault--;
        if (!byPriority.emplace(place, sink).second)
            services.log->warning(
                services.id, "sink {} has the priority {} of another sink of the group and is never used, as in Flume",
                sink->name(), place);
    }
    return std::unique_ptr<SinkProcessor>(
        std::make_unique<FailoverProcessor>(services, parts, std::move(byPriority), maxPenalty));
}

FailoverProcessor::FailoverProcessor(const ComponentServices& services, ProcessorParts parts,
                                     std::map<int, GroupSink*> byPriority, std::chrono::milliseconds maxPenalty)
    : services_(services), parts_(std::move(parts)), live_(std::move(byPriority)), maxPenalty_(maxPenalty) {}

std::chrono::milliseconds FailoverProcessor::penalty(int failures) const {
    // Flume's shift overflows after some twenty failures and then waits no more; here the limit stays the limit.
    constexpr int kMostDoublings = 30;
    return std::min(maxPenalty_, kPenaltyUnit * (std::int64_t(1) << std::min(failures, kMostDoublings)));
}

std::vector<FailoverProcessor::Failed>::iterator FailoverProcessor::earliest() {
    return std::min_element(failed_.begin(), failed_.end(),
                            [](const Failed& a, const Failed& b) { return a.refresh < b.refresh; });
}

void FailoverProcessor::fail(int priority, GroupSink* sink, int failures, const Error& error) {
    const auto pause = penalty(failures);
    failed_.push_back({sink, priority, failures, services_.clock->now() + pause});
    services_.log->warning(services_.id, "sink {} failed and rests for {} ms: {}", sink->name(), pause.count(),
                           error.message);
}

Result<Cycle> FailoverProcessor::process() {
    // Sinks whose rest is over are asked first; one that has nothing to say stays where it is and is asked again. The
    // clock is read once, as in Flume: a rest that ends while others take their time to fail ends in the next cycle.
    const MonotonicTime now = services_.clock->now();
    while (!failed_.empty()) {
        const auto due = earliest();
        if (due->refresh >= now) break;
        Result<Cycle> result = due->sink->cycle();
        Failed again = *due;
        if (result && result->outcome != Cycle::Outcome::ready) return result;
        failed_.erase(due);
        if (result) {
            live_.emplace(again.priority, again.sink);
            return result;
        }
        fail(again.priority, again.sink, again.failures + 1, result.error());
        if (parts_.interrupted && parts_.interrupted()) return Cycle::ready();
    }
    while (!live_.empty()) {
        const auto active = std::prev(live_.end());
        Result<Cycle> result = active->second->cycle();
        if (result) return result;
        const auto [priority, sink] = *active;
        live_.erase(active);
        fail(priority, sink, 1, result.error());
        if (parts_.interrupted && parts_.interrupted()) return Cycle::ready();
    }
    return failure(ErrorCode::io, "group-fails");
}

MILLRACE_COMPONENT(FailoverProcessor, "org.apache.flume.sink.FailoverSinkProcessor", &FailoverProcessor::make)

} // namespace millrace::flume
