#include "flume/support/received_batches.h"

#include "net/event_loop.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace millrace::flume {

namespace {

constexpr std::size_t kMostBytesWaiting = 8u << 20;
/// What an event costs beside its body: its end, its headers.
constexpr std::size_t kCostOfAnEvent = 64;
constexpr int kDroppedLinesPerMinute = 1;

} // namespace

ReceivedBatches::ReceivedBatches(const ComponentServices& services, Prepare prepare)
    : counters_(*services.counters),
      queue_(kMostBytesWaiting, services.loop(), *services.wakeUp),
      prepare_(std::move(prepare)),
      droppedLog_(services.log, services.id, kDroppedLinesPerMinute) {}

std::size_t ReceivedBatches::weightOf(const EventBatch& batch) {
    return batch.bodyBytes(0, batch.size()) + batch.size() * kCostOfAnEvent;
}

void ReceivedBatches::push(EventBatchPtr batch, const std::string& peer, const std::shared_ptr<net::Connection>& from) {
    if (!batch) return;
    const std::size_t weight = weightOf(*batch);
    queue_.push({std::move(batch), peer}, weight, from);
}

void ReceivedBatches::pushOrDrop(EventBatchPtr batch, const std::string& peer) {
    if (!batch) return;
    const std::size_t events = batch->size();
    const std::size_t weight = weightOf(*batch);
    if (queue_.offer({std::move(batch), peer}, weight)) return;
    counters_[FlumeCounter::channelWriteFail].add(static_cast<std::int64_t>(events));
    droppedLog_.warn(fmt::format("dropped {} datagrams: the channels take them more slowly than they come, and "
                                 "{} MiB wait already",
                                 events, kMostBytesWaiting >> 20));
}

bool ReceivedBatches::takeNext() {
    if (!pending_.empty()) return true;
    auto next = queue_.pop();
    if (!next) return false;
    auto batch = prepare_ ? prepare_(std::move(next->batch), next->peer) : std::move(next->batch);
    const auto size = static_cast<std::uint32_t>(batch->size());
    pending_ = {std::move(batch), 0, size};
    counters_[FlumeCounter::eventReceived].addFromOwner(size);
    return true;
}

Cycle ReceivedBatches::deliver(ChannelProcessor& output) {
    if (!takeNext()) return Cycle::idle();
    const EventRange first{
        pending_.batch, pending_.first,
        static_cast<std::uint32_t>(std::min<std::size_t>(pending_.last, pending_.first + together_))};
    if (Status processed = output.processRange(first); !processed) {
        counters_[FlumeCounter::channelWriteFail].add(1);
        const bool tooLarge = processed.error().code == ErrorCode::outOfRange && first.size() > 1;
        if (!tooLarge) return Cycle::backoff(std::move(processed).error());
        // More than a transaction of this channel may hold: the next ones are smaller.
        together_ = static_cast<std::uint32_t>(first.size() / 2);
        return Cycle::ready();
    }
    counters_[FlumeCounter::eventAccepted].addFromOwner(static_cast<std::int64_t>(first.size()));
    pending_.first = first.last;
    if (pending_.empty()) pending_ = {};
    return Cycle::ready();
}

} // namespace millrace::flume
