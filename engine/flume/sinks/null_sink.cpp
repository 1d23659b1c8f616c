#include "flume/sinks/null_sink.h"

namespace millrace::flume {

namespace {

Result<NullSink::Options> readOptions(Settings& settings) {
    NullSink::Options options;
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    // By default Flume writes a line for each 10,000 events, which at full speed is a thousand lines a second.
    const auto logEvery = static_cast<std::uint64_t>(settings.number("logEveryNEvents"));
    if (settings.isSet("logEveryNEvents")) options.logEvery = logEvery;
    MILLRACE_TRY(settings.status());
    return options;
}

} // namespace

Result<std::unique_ptr<Sink>> NullSink::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings);
    if (!options) return options.error();
    return std::unique_ptr<Sink>(std::make_unique<NullSink>(*options, services));
}

NullSink::NullSink(const Options& options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail), logEvery_(options.logEvery) {}

Status NullSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings);
    if (!options) return options.error();
    setBatchSize(options->batchSize);
    logEvery_ = options->logEvery;
    return ok();
}

Status NullSink::send(std::span<const EventRange>, std::size_t count) {
    const std::uint64_t before = taken_;
    taken_ += count;
    if (logEvery_ > 0 && taken_ / logEvery_ != before / logEvery_)
        services().log->info(services().id, "{} events taken and forgotten", taken_);
    return ok();
}

MILLRACE_COMPONENT(NullSink, "org.apache.flume.sink.NullSink", &NullSink::make)

} // namespace millrace::flume
