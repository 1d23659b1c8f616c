#include "flume/sinks/null_sink.h"

namespace millrace::flume {

namespace {

Result<NullSink::Options> readOptions(Settings& settings) {
    NullSink::Options options;
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.logEvery = static_cast<std::uint64_t>(settings.number("logEveryNEvents"));
    MILLRACE_TRY(settings.status());
    return options;
}

} // namespace

Result<std::unique_ptr<Sink>> NullSink::make(Settings& settings, const ComponentContext& context) {
    auto options = readOptions(settings);
    if (!options) return options.error();
    return std::unique_ptr<Sink>(std::make_unique<NullSink>(*options, context));
}

NullSink::NullSink(const Options& options, const ComponentContext& context)
    : options_(options),
      id_(context.id),
      log_(*context.log),
      attempted_((*context.counters)["EventDrainAttemptCount"]),
      drained_((*context.counters)["EventDrainSuccessCount"]) {}

Status NullSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings);
    if (!options) return options.error();
    options_ = *options;
    return ok();
}

Result<Cycle> NullSink::cycle(Transaction& transaction) {
    transaction.begin();
    const auto ranges = transaction.take(options_.batchSize);
    if (!ranges) {
        transaction.rollback();
        return ranges.error();
    }
    const std::size_t count = eventCount(*ranges);
    if (Status committed = transaction.commit(); !committed) {
        transaction.rollback();
        return committed.error();
    }
    if (count == 0) return Cycle::idle();
    attempted_.addFromOwner(static_cast<std::int64_t>(count));
    drained_.addFromOwner(static_cast<std::int64_t>(count));
    const std::uint64_t before = taken_;
    taken_ += count;
    if (options_.logEvery > 0 && taken_ / options_.logEvery != before / options_.logEvery)
        log_.write(LogLevel::debug, id_, fmt::format("{} events taken and forgotten", taken_));
    return Cycle::ready();
}

} // namespace millrace::flume
