#include "flume/processors/load_balance_processor.h"

#include "catalog/check_support.h"
#include "flume/registry.h"
#include "flume/sentences.h"

#include <algorithm>
#include <numeric>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

/// Failures count as being in a row until a sink was without one for this long after its last rest.
constexpr auto kForgetAfter = 1h;
constexpr int kMostDoublings = 16;

} // namespace

Result<std::unique_ptr<SinkProcessor>> LoadBalanceProcessor::make(Settings& settings, const ComponentServices& services,
                                                                  const ProcessorParts& parts) {
    if (parts.sinks.size() < 2)
        return Error{ErrorCode::invalidArgument, "processor.type = load_balance needs at least two sinks", false};
    const std::string selector = settings.text("selector");
    Options options;
    options.random = catalog::equalsIgnoringCase(selector, "random");
    options.backoff = settings.flag("backoff");
    options.maxTimeOut = settings.duration("selector.maxTimeOut");
    MILLRACE_TRY(settings.status());
    if (!options.random && !catalog::equalsIgnoringCase(selector, "round_robin"))
        return Error{
            ErrorCode::unsupported,
            fmt::format("processor.selector = {} is not implemented here; round_robin and random are", selector),
            false};
    return std::unique_ptr<SinkProcessor>(std::make_unique<LoadBalanceProcessor>(services, parts, options));
}

LoadBalanceProcessor::LoadBalanceProcessor(const ComponentServices& services, ProcessorParts parts, Options options)
    : services_(services), parts_(std::move(parts)), options_(options), records_(parts_.sinks.size()) {}

std::vector<std::size_t> LoadBalanceProcessor::order() {
    std::vector<std::size_t> usable;
    const MonotonicTime now = services_.clock->now();
    for (std::size_t i = 0; i < records_.size(); ++i)
        if (!options_.backoff || records_[i].restored < now) usable.push_back(i);
    if (usable.empty()) return usable;
    if (options_.random) {
        for (std::size_t i = usable.size() - 1; i > 0; --i)
            std::swap(usable[i], usable[services_.random->below(i + 1)]);
        return usable;
    }
    if (next_ >= usable.size()) next_ = 0; // sinks that rest make the round smaller
    std::rotate(usable.begin(), usable.begin() + static_cast<std::ptrdiff_t>(next_), usable.end());
    next_ = (next_ + 1) % usable.size();
    return usable;
}

Result<Cycle> LoadBalanceProcessor::process() {
    for (const std::size_t i : order()) {
        Result<Cycle> result = parts_.sinks[i]->cycle();
        if (result) return result;
        noteFailure(i);
        if (parts_.interrupted && parts_.interrupted()) return Cycle::ready();
    }
    return failure(ErrorCode::io, "group-fails");
}

std::chrono::milliseconds LoadBalanceProcessor::rest(int failures) const {
    return std::min(options_.maxTimeOut, std::chrono::milliseconds(1s) * (std::int64_t(1) << failures));
}

void LoadBalanceProcessor::noteFailure(std::size_t sink) {
    if (!options_.backoff) return;
    Record& record = records_[sink];
    const MonotonicTime now = services_.clock->now();
    const bool inRow = record.lastFailure && now - *record.lastFailure < rest(record.failuresInRow) + kForgetAfter;
    record.failuresInRow = inRow ? std::min(record.failuresInRow + 1, kMostDoublings) : 1;
    record.lastFailure = now;
    record.restored = now + rest(record.failuresInRow);
}

MILLRACE_COMPONENT(LoadBalanceProcessor, "org.apache.flume.sink.LoadBalancingSinkProcessor",
                   &LoadBalanceProcessor::make)

} // namespace millrace::flume
