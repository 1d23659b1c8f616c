#include "flume/channels/spillable/spillable_channel.h"

#include "flume/channels/spillable/spillable_transaction.h"
#include "flume/registry.h"

#include <algorithm>
#include <limits>

namespace millrace::flume {

using Place = DrainOrder::Place;

Result<SpillableChannel::Options> SpillableChannel::readOptions(Settings& settings, const ComponentServices& services) {
    Options options;
    options.memory.capacity = static_cast<std::size_t>(settings.number("memoryCapacity"));
    options.memory.transactionCapacity = std::numeric_limits<std::size_t>::max(); // the whole channel's rule holds
    options.memory.keepAlive = settings.duration("overflowTimeout");
    MemoryChannel::readByteLimits(settings, options.memory);
    (void)settings.number("avgEventSize"); // bodies are counted as they are
    options.threshold = static_cast<std::size_t>(settings.number("overflowDeactivationThreshold"));
    const auto files = static_cast<std::size_t>(settings.number("overflowCapacity"));
    // Without files the rule that a transaction fits into them says nothing.
    options.files.capacity = files > 0 ? files : std::numeric_limits<std::size_t>::max();
    options.files.keepAlive = options.memory.keepAlive;
    MILLRACE_TRY(readFileStore(settings, services, options.files));
    options.files.capacity = files;
    if (files == 0 && options.memory.capacity == 0)
        return Error{ErrorCode::invalidArgument,
                     settings.who() + ": memoryCapacity and overflowCapacity are both 0, so that nothing could wait in "
                                      "this channel: give one of them",
                     false};
    return options;
}

Result<std::unique_ptr<Channel>> SpillableChannel::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings, services);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!options) return options.error();
    return std::unique_ptr<Channel>(std::make_unique<SpillableChannel>(*options, services));
}

SpillableChannel::SpillableChannel(const Options& options, const ComponentServices& services)
    : services_(services),
      memoryCapacity_(options.memory.capacity),
      filesCapacity_(options.files.capacity),
      transactionCapacity_(options.files.transactionCapacity),
      threshold_(options.threshold),
      memory_(options.memory, *services.counters),
      files_(options.files, services) {}

Status SpillableChannel::start() {
    if (filesCapacity_.load() > 0) {
        if (Status opened = files_.start(); !opened) {
            memory_.stop(); // half a channel would take events that the whole one must keep
            return opened;
        }
        const std::lock_guard lock(mutex_);
        if (const std::size_t kept = files_.level().events; order_.empty() && kept > 0) {
            order_.append({Place::files, kept});
            ready_.store(kept);
        }
    }
    MILLRACE_TRY(memory_.start());
    takers_.wakeAll();
    return ok();
}

void SpillableChannel::stop() {
    memory_.stop();
    files_.stop();
}

std::unique_ptr<Transaction> SpillableChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<SpillableTransaction>(*this, waker);
}

Status SpillableChannel::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings, services_);
    if (!options) return options.error();
    // Whether there are files at all is for the next start.
    const std::size_t files = filesCapacity_.load();
    if (files == 0 || options->files.capacity == 0) options->files.capacity = files;
    memory_.setLimits(options->memory);
    files_.setOptions(options->files);
    memoryCapacity_.store(options->memory.capacity);
    filesCapacity_.store(options->files.capacity);
    transactionCapacity_.store(options->files.transactionCapacity);
    threshold_.store(options->threshold);
    return ok();
}

Place SpillableChannel::placeFor(std::size_t events) {
    const std::size_t capacity = memoryCapacity_.load();
    if (filesCapacity_.load() == 0) return Place::memory;
    if (events > capacity) return Place::files;
    if (!overflowing_.load()) return Place::memory;
    const std::size_t held = memory_.level().events;
    const std::size_t free = capacity - std::min(held, capacity);
    if (free * 100 < capacity * threshold_.load() || free < events) return Place::files;
    overflowing_.store(false);
    return Place::memory;
}

bool SpillableChannel::overflow() {
    if (filesCapacity_.load() == 0) return false;
    overflowing_.store(true);
    return true;
}

void SpillableChannel::published(DrainOrder::Run run) {
    {
        const std::lock_guard lock(mutex_);
        order_.append(run);
        ready_.store(ready_.load() + run.events);
    }
    wakeTaker();
}

DrainOrder::Run SpillableChannel::claim(std::size_t maxEvents) {
    const std::lock_guard lock(mutex_);
    const DrainOrder::Run run = order_.claim(maxEvents);
    ready_.store(ready_.load() - run.events);
    return run;
}

void SpillableChannel::giveBack(DrainOrder::Run run) {
    if (run.events == 0) return;
    {
        const std::lock_guard lock(mutex_);
        order_.giveBack(run);
        ready_.store(ready_.load() + run.events);
    }
    wakeTaker();
}

void SpillableChannel::wakeTaker() {
    if (takers_.any()) takers_.wakeFirst();
}

ChannelLevel SpillableChannel::level() const {
    const ChannelLevel memory = memory_.level(), files = files_.level();
    ChannelLevel level;
    level.events = memory.events + files.events;
    level.capacity = memoryCapacity_.load() + filesCapacity_.load();
    level.bytes = memory.bytes + files.bytes;
    level.putsWaiting = memory.putsWaiting || files.putsWaiting;
    return level;
}

void SpillableChannel::refreshCounters() {
    CounterSet& counters = *services_.counters;
    const ChannelLevel now = level();
    counters[FlumeCounter::channelSize].set(static_cast<std::int64_t>(now.events));
    counters[FlumeCounter::channelCapacity].set(static_cast<std::int64_t>(now.capacity));
    counters[FlumeCounter::channelFillPercentage].set(static_cast<std::int64_t>(now.events * 100 / now.capacity));
    counters[FlumeCounter::eventPutAttempt].set(counts_.putAttempts.load());
    counters[FlumeCounter::eventPutSuccess].set(counts_.puts.load());
    counters[FlumeCounter::eventTakeAttempt].set(counts_.takeAttempts.load());
    counters[FlumeCounter::eventTakeSuccess].set(counts_.takes.load());
}

MILLRACE_COMPONENT(SpillableChannel, "org.apache.flume.channel.SpillableMemoryChannel", &SpillableChannel::make)

} // namespace millrace::flume
