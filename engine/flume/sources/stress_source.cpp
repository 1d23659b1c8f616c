#include "flume/sources/stress_source.h"

#include <algorithm>
#include <limits>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

constexpr char kFill = 0x7F; // as Flume's
/// Several batches in turn, so that source and sink seldom hold the same one; together not more than the second figure.
constexpr std::size_t kBatches = 8;
constexpr std::size_t kMostBytes = 16 << 20;
constexpr std::size_t kEventsPerBatch = 4096;

std::int64_t remaining(std::int64_t limit, std::int64_t done) {
    return limit < 0 ? std::numeric_limits<std::int64_t>::max() : std::max<std::int64_t>(limit - done, 0);
}

Result<StressSource::Options> readOptions(Settings& settings) {
    StressSource::Options options;
    options.size = static_cast<std::size_t>(settings.number("size"));
    options.maxTotal = settings.number("maxTotalEvents");
    options.maxSuccessful = settings.number("maxSuccessfulEvents");
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.perSecond = settings.number("maxEventsPerSecond");
    MILLRACE_TRY(settings.status());
    return options;
}

} // namespace

Result<std::unique_ptr<Source>> StressSource::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings);
    if (!options) return options.error();
    return std::unique_ptr<Source>(std::make_unique<StressSource>(*options, services));
}

StressSource::StressSource(const Options& options, const ComponentServices& services)
    : options_(options),
      services_(services),
      received_((*services.counters)[FlumeCounter::eventReceived]),
      accepted_((*services.counters)[FlumeCounter::eventAccepted]) {
    makeBatches();
}

void StressSource::makeBatches() {
    const std::size_t byMemory =
        std::max<std::size_t>(kMostBytes / kBatches / std::max<std::size_t>(options_.size, 1), 1);
    // A whole number of pieces, so that no piece is shorter than the batch size.
    const std::size_t pieces = std::max<std::size_t>(std::min(kEventsPerBatch, byMemory) / options_.batchSize, 1);
    const std::size_t events = pieces * options_.batchSize;
    EventBatchBuilder builder(events * options_.size, events);
    const std::string body(options_.size, kFill);
    for (std::size_t i = 0; i < events; ++i)
        if (!builder.add(body)) break;
    batches_.assign(1, builder.finish());
    // The others share the bodies: what counts is that their reference counts lie apart.
    const auto sets = batches_.front()->sets();
    while (batches_.size() < kBatches)
        batches_.push_back(batches_.front()->withHeaders({sets.begin(), sets.end()}, {}));
    current_ = 0;
    position_ = 0;
}

Status StressSource::start() {
    attempted_ = successful_ = rateSent_ = 0;
    rateStart_ = services_.clock->now();
    return ok();
}

Status StressSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings);
    if (!options) return options.error();
    const bool sameEvents = options->size == options_.size && options->batchSize == options_.batchSize;
    options_ = *options;
    rateStart_ = services_.clock->now();
    rateSent_ = 0;
    if (!sameEvents) makeBatches();
    return ok();
}

std::size_t StressSource::allowed(std::optional<MonotonicTime>& wakeAt) {
    const std::int64_t left =
        std::min(remaining(options_.maxTotal, attempted_), remaining(options_.maxSuccessful, successful_));
    const auto count = std::min(static_cast<std::int64_t>(options_.batchSize), left);
    if (options_.perSecond <= 0 || count == 0) return static_cast<std::size_t>(count);
    const auto due = rateStart_ + std::chrono::nanoseconds(1s) / options_.perSecond * (rateSent_ + count);
    const MonotonicTime now = services_.clock->now();
    if (due > now) {
        wakeAt = due;
        return 0;
    }
    // What was missed while the channel was full is not caught up in one burst.
    if (now - due > 1s) {
        rateStart_ = now;
        rateSent_ = 0;
    }
    return static_cast<std::size_t>(count);
}

Result<Cycle> StressSource::cycle(ChannelProcessor& output) {
    std::optional<MonotonicTime> wakeAt;
    const std::size_t count = allowed(wakeAt);
    if (count == 0) return Cycle::idle(wakeAt);
    if (position_ + count > batches_[current_]->size()) {
        position_ = 0;
        current_ = (current_ + 1) % batches_.size();
    }
    const EventBatchPtr& batch = batches_[current_];
    const auto last = static_cast<std::uint32_t>(std::min(position_ + count, batch->size()));
    if (piece_.batch != batch) piece_.batch = batch;
    piece_.first = position_;
    piece_.last = last;
    const auto sent = static_cast<std::int64_t>(piece_.size());
    position_ = last;
    attempted_ += sent;
    rateSent_ += sent;
    received_.addFromOwner(sent);
    // As in Flume a refused batch is lost and counts as an attempt.
    if (Status status = output.processRange(piece_); !status) return Cycle::backoff(std::move(status).error());
    successful_ += sent;
    accepted_.addFromOwner(sent);
    return Cycle::ready();
}

MILLRACE_COMPONENT(StressSource, "org.apache.flume.source.StressSource", &StressSource::make)

} // namespace millrace::flume
