#include "flume/channels/memory_channel.h"

#include "flume/channels/memory_transaction.h"
#include "flume/channels/transaction_limits.h"
#include "flume/registry.h"

#include <algorithm>

namespace millrace::flume {

namespace {

/// Flume allows 80 percent of the Java heap when byteCapacity is not given. There is no heap limit here: 1 GiB stands
/// for it (docs/differences-from-flume.md).
constexpr std::size_t kAssumedHeap = std::size_t(1) << 30;
constexpr std::size_t kDefaultByteCapacity = kAssumedHeap / 10 * 8;

void raise(std::atomic<std::size_t>& value, std::size_t more, std::memory_order order = std::memory_order_relaxed) {
    value.store(value.load(std::memory_order_relaxed) + more, order);
}

} // namespace

void MemoryChannel::Totals::add(std::size_t moreEvents, std::size_t moreSlots, std::size_t moreBytes) {
    raise(byteSlots, moreSlots);
    raise(bytes, moreBytes);
    // Last, and in the one order that WaitList::any() is in: who reads this total sees the others too.
    raise(events, moreEvents, std::memory_order_seq_cst);
}

Result<MemoryChannel::Limits> MemoryChannel::readLimits(Settings& settings) {
    Limits limits;
    limits.capacity = static_cast<std::size_t>(settings.number("capacity"));
    limits.transactionCapacity = static_cast<std::size_t>(settings.number("transactionCapacity"));
    limits.keepAlive = settings.duration("keep-alive");
    const auto bytes = settings.numberIfSet("byteCapacity");
    const auto heldBack = static_cast<std::size_t>(settings.number("byteCapacityBufferPercentage"));
    MILLRACE_TRY(settings.status());
    MILLRACE_TRY(transactionFits(settings, limits.transactionCapacity, limits.capacity));
    limits.byteCapacity = bytes ? static_cast<std::size_t>(*bytes) : kDefaultByteCapacity;
    // In double precision, as large values times a percentage would overflow.
    const double forBodies = static_cast<double>(limits.byteCapacity) * (1.0 - static_cast<double>(heldBack) * 0.01);
    if (limits.byteCapacity > 0)
        limits.byteSlots = std::max<std::size_t>(static_cast<std::size_t>(forBodies / static_cast<double>(kSlotBytes)), 1);
    return limits;
}

Result<std::unique_ptr<Channel>> MemoryChannel::make(Settings& settings, const ComponentServices& services) {
    auto limits = readLimits(settings);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!limits) return limits.error();
    return std::unique_ptr<Channel>(std::make_unique<MemoryChannel>(*limits, *services.counters));
}

MemoryChannel::MemoryChannel(const Limits& limits, CounterSet& counters)
    : capacity_(limits.capacity),
      transactionCapacity_(limits.transactionCapacity),
      byteCapacity_(limits.byteCapacity),
      slotLimit_(limits.byteSlots),
      keepAliveMs_(limits.keepAlive.count()),
      counters_(counters) {}

Status MemoryChannel::start() {
    stopped_.store(false);
    return ok();
}

void MemoryChannel::stop() {
    stopped_.store(true);
    putters_.wakeAll();
}

std::unique_ptr<Transaction> MemoryChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<MemoryTransaction>(*this, waker);
}

Status MemoryChannel::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto limits = readLimits(settings);
    if (!limits) return limits.error();
    capacity_.store(limits->capacity);
    transactionCapacity_.store(limits->transactionCapacity);
    byteCapacity_.store(limits->byteCapacity);
    slotLimit_.store(limits->byteSlots);
    keepAliveMs_.store(limits->keepAlive.count());
    putters_.wakeAll();
    return ok();
}

ChannelLevel MemoryChannel::level() const {
    // What has left is read first: the other order could show more gone than came.
    const std::size_t takenEvents = taken_.events.load();
    const std::size_t takenBytes = taken_.bytes.load();
    ChannelLevel level;
    level.events = put_.events.load() - takenEvents;
    level.bytes = put_.bytes.load() - takenBytes;
    level.capacity = capacity_.load();
    level.byteCapacity = byteCapacity_.load();
    level.putsWaiting = putters_.any();
    return level;
}

void MemoryChannel::refreshCounters() {
    const auto set = [this](FlumeCounter counter, std::size_t value) {
        counters_[counter].set(static_cast<std::int64_t>(value));
    };
    const ChannelLevel now = level();
    set(FlumeCounter::channelSize, now.events);
    set(FlumeCounter::channelCapacity, now.capacity);
    set(FlumeCounter::channelFillPercentage, now.events * 100 / now.capacity);
    set(FlumeCounter::eventTakeAttempt, taken_.attempts.load(std::memory_order_relaxed));
    set(FlumeCounter::eventTakeSuccess, taken_.events.load());
    set(FlumeCounter::eventPutAttempt, put_.attempts.load(std::memory_order_relaxed));
    set(FlumeCounter::eventPutSuccess, put_.events.load());
}

MemoryChannel::Room MemoryChannel::room(std::size_t events, std::size_t byteSlots) const {
    // Relaxed is enough for put_: callers hold the back lock or only estimate.
    const std::size_t heldEvents = put_.events.load(std::memory_order_relaxed) - taken_.events.load();
    const std::size_t heldSlots =
        put_.byteSlots.load(std::memory_order_relaxed) - taken_.byteSlots.load(std::memory_order_relaxed);
    const std::size_t slotLimit = slotLimit_.load(std::memory_order_relaxed);
    if (slotLimit > 0 && heldSlots + byteSlots > slotLimit) return Room::tooFewSlots;
    if (heldEvents + events > capacity_.load(std::memory_order_relaxed)) return Room::tooFewEvents;
    return Room::enough;
}

MemoryChannel::Room MemoryChannel::tryPut(std::span<EventRange> ranges, std::size_t events, std::size_t byteSlots,
                                          std::size_t bytes) {
    {
        const std::lock_guard lock(backLock_);
        const Room enough = room(events, byteSlots);
        if (enough != Room::enough) return enough;
        for (EventRange& range : ranges)
            back_.pushBack(range);
        put_.attempt(events);
        put_.add(events, byteSlots, bytes);
    }
    wakeTaker();
    return Room::enough;
}

bool MemoryChannel::eventsReady() const {
    return frontEvents_.load(std::memory_order_relaxed) > 0 ||
           put_.events.load() != fetched_.load(std::memory_order_relaxed);
}

void MemoryChannel::fetchBack() {
    const std::lock_guard lock(backLock_);
    front_.append(back_);
    const std::size_t all = put_.events.load(std::memory_order_relaxed);
    raise(frontEvents_, all - fetched_.load(std::memory_order_relaxed));
    fetched_.store(all, std::memory_order_relaxed);
}

Result<std::size_t> MemoryChannel::take(std::size_t maxEvents, std::size_t allowed, std::vector<EventRange>& into) {
    std::size_t taken = 0;
    bool more = false;
    {
        const std::lock_guard lock(frontLock_);
        // The source's counter is only looked at when needed: each look fetches its cache line from another core.
        if (frontEvents_.load(std::memory_order_relaxed) < maxEvents &&
            put_.events.load() != fetched_.load(std::memory_order_relaxed))
            fetchBack();
        const std::size_t ready = frontEvents_.load(std::memory_order_relaxed);
        if (maxEvents > allowed && ready >= allowed) return tooManyTakes(transactionCapacity_.load());
        std::size_t used = 0;
        taken = front_.take(maxEvents, into, used);
        into.resize(used);
        frontEvents_.store(ready - taken, std::memory_order_relaxed);
        taken_.attempt(std::max<std::size_t>(taken, 1));
        more = ready > taken;
    }
    if (more) wakeTaker(); // another sink on this channel may sleep
    return taken;
}

void MemoryChannel::free(std::size_t events, std::size_t byteSlots, std::size_t bytes) {
    {
        const std::lock_guard lock(frontLock_);
        taken_.add(events, byteSlots, bytes);
    }
    if (putters_.any()) wakePutter();
}

void MemoryChannel::wakePutter() {
    // A source that sleeps is woken for a good piece of work, not for each single place: the wake-up costs more than
    // the place. Its keep-alive ends the wait in any case.
    const std::size_t capacity = capacity_.load(std::memory_order_relaxed);
    const std::size_t slotLimit = slotLimit_.load(std::memory_order_relaxed);
    putters_.wakeFirst([&](const WaitList::Waiter& waiter) {
        const bool empty = put_.events.load() == taken_.events.load();
        return empty ||
               room(std::max(waiter.events, capacity / 8), std::max(waiter.byteSlots, slotLimit / 8)) == Room::enough;
    });
}

void MemoryChannel::putBack(std::span<EventRange> ranges) {
    {
        const std::lock_guard lock(frontLock_);
        std::size_t events = 0;
        for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
            events += range->size();
            front_.pushFront(std::move(*range));
        }
        raise(frontEvents_, events);
    }
    wakeTaker();
}

MILLRACE_COMPONENT(MemoryChannel, "org.apache.flume.channel.MemoryChannel", &MemoryChannel::make)

} // namespace millrace::flume
