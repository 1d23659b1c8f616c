#include "flume/sources/seq_source.h"

#include <algorithm>
#include <charconv>

namespace millrace::flume {

namespace {

constexpr std::size_t kMostDigits = 20;

Result<SeqSource::Options> readOptions(Settings& settings) {
    SeqSource::Options options;
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.totalEvents = settings.number("totalEvents");
    MILLRACE_TRY(settings.status());
    return options;
}

} // namespace

Result<std::unique_ptr<Source>> SeqSource::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings);
    if (!options) return options.error();
    return std::unique_ptr<Source>(std::make_unique<SeqSource>(*options, services));
}

SeqSource::SeqSource(const Options& options, const ComponentServices& services)
    : options_(options), accepted_((*services.counters)[FlumeCounter::eventAccepted]) {}

Status SeqSource::start() {
    next_ = 0;
    pending_.reset();
    return ok();
}

Status SeqSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings);
    if (!options) return options.error();
    options_ = *options;
    return ok();
}

EventBatchPtr SeqSource::makeBatch(std::int64_t first, std::int64_t count) const {
    const auto events = static_cast<std::size_t>(count);
    EventBatchBuilder builder(events * kMostDigits, events);
    for (std::int64_t number = first; number < first + count; ++number) {
        char* place = builder.reserveBody(kMostDigits);
        if (!place) break; // 4 GiB of digits: the rest comes with the next batch
        builder.commitBody(static_cast<std::size_t>(std::to_chars(place, place + kMostDigits, number).ptr - place));
    }
    return builder.finish();
}

Result<Cycle> SeqSource::cycle(ChannelProcessor& output) {
    if (!pending_) {
        const std::int64_t left = options_.totalEvents - next_;
        const std::int64_t count = std::min(static_cast<std::int64_t>(options_.batchSize), left);
        if (count <= 0) return Cycle::idle();
        pending_ = makeBatch(next_, count);
        next_ += static_cast<std::int64_t>(pending_->size());
    }
    const EventRange range{pending_, 0, static_cast<std::uint32_t>(pending_->size())};
    // Refused: the same numbers again. Flume does it at once; a pause keeps a channel with keep-alive 0 from a busy
    // loop.
    if (Status status = output.processRange(range); !status) return Cycle::backoff(std::move(status).error());
    accepted_.addFromOwner(static_cast<std::int64_t>(range.size()));
    pending_.reset();
    return Cycle::ready();
}

MILLRACE_COMPONENT(SeqSource, "org.apache.flume.source.SequenceGeneratorSource", &SeqSource::make)

} // namespace millrace::flume
