#include "flume/channels/memory_transaction.h"

#include "base/assertion.h"
#include "flume/channels/room_wait.h"
#include "flume/channels/transaction_limits.h"

#include <algorithm>

namespace millrace::flume {

namespace {

/// What an event costs of byteCapacity: its body in byteSlots of 100 bytes, at least one.
std::size_t slotsOf(const EventRange& range) {
    const auto ends = range.batch->ends();
    std::uint32_t begin = range.first == 0 ? 0 : ends[range.first - 1];
    constexpr std::uint32_t kSlotBytes = MemoryChannel::kSlotBytes;
    std::size_t byteSlots = 0;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        const std::uint32_t length = ends[i] - begin;
        byteSlots += length == 0 ? 1 : (length - 1) / kSlotBytes + 1;
        begin = ends[i];
    }
    return byteSlots;
}

} // namespace

MemoryTransaction::MemoryTransaction(MemoryChannel& channel, WakeUp& waker)
    : channel_(channel), waker_(waker), place_(channel.takers_, waker) {
    forRoom_.waker = &waker;
    takes_.resize(1);
}

MemoryTransaction::~MemoryTransaction() {
    if (open_) rollback();
    passOnWakeUp();
}

void MemoryTransaction::begin() {
    MILLRACE_ASSERT(!open_, "begin() of an open transaction");
    open_ = true;
}

Status MemoryTransaction::put(const EventRange& range) {
    MILLRACE_ASSERT(open_, "put() without begin()");
    if (range.empty()) return ok();
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    if (putEvents_ + range.size() > limit) return tooManyPuts(limit);
    if (putRanges_ == puts_.size()) puts_.emplace_back();
    EventRange& place = puts_[putRanges_++];
    if (place.batch != range.batch) place.batch = range.batch;
    place.first = range.first;
    place.last = range.last;
    putEvents_ += range.size();
    putSlots_ += slotsOf(range);
    putBytes_ += range.bodyBytes();
    return ok();
}

Result<std::span<const EventRange>> MemoryTransaction::take(std::size_t maxEvents) {
    MILLRACE_ASSERT(open_, "take() without begin()");
    if (maxEvents == 0) return std::span<const EventRange>();
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    const std::size_t allowed = limit - std::min(takenEvents_, limit);
    if (takeCalls_ == takes_.size()) takes_.emplace_back();
    std::vector<EventRange>& into = takes_[takeCalls_];
    auto taken = channel_.take(maxEvents, allowed, into);
    if (taken && *taken == 0) {
        place_.wait();
        if (channel_.eventsReady()) taken = channel_.take(maxEvents, allowed, into);
    }
    if (!taken) return taken.error();
    if (*taken == 0) return std::span<const EventRange>();
    place_.served();
    takenEvents_ += *taken;
    for (const EventRange& range : into) {
        takenSlots_ += slotsOf(range);
        takenBytes_ += range.bodyBytes();
    }
    ++takeCalls_;
    return std::span<const EventRange>(into);
}

Status MemoryTransaction::commit() {
    MILLRACE_ASSERT(open_, "commit() without begin()");
    if (putRanges_ > 0) MILLRACE_TRY(publish());
    if (takenEvents_ > 0) channel_.free(takenEvents_, takenSlots_, takenBytes_);
    close();
    return ok();
}

Status MemoryTransaction::publish() {
    if (channel_.stopped_.load(std::memory_order_relaxed)) return failure(ErrorCode::closed, "channel-stopped");
    const auto ranges = std::span(puts_).first(putRanges_);
    const auto room = channel_.tryPut(ranges, putEvents_, putSlots_, putBytes_);
    return room == MemoryChannel::Room::enough ? ok() : waitForPlace(room);
}

Status MemoryTransaction::waitForPlace(MemoryChannel::Room lacking) {
    const std::size_t slotLimit = channel_.slotLimit_.load();
    if (slotLimit > 0 && putSlots_ > slotLimit) return noPlace(lacking); // no waiting helps
    forRoom_.events = putEvents_;
    forRoom_.byteSlots = putSlots_;
    const auto tryPut = [&] {
        lacking = channel_.tryPut(std::span(puts_).first(putRanges_), putEvents_, putSlots_, putBytes_);
        return lacking == MemoryChannel::Room::enough;
    };
    const Status status =
        waitForRoom(waker_, channel_.putters_, forRoom_, std::chrono::milliseconds(channel_.keepAliveMs_.load()),
                    channel_.stopped_, tryPut, [&] { return noPlace(lacking); });
    // Another source may fit where this one gave up.
    if (channel_.putters_.any()) channel_.wakePutter();
    return status;
}

Status MemoryTransaction::noPlace(MemoryChannel::Room lacking) const {
    const std::chrono::milliseconds keepAlive(channel_.keepAliveMs_.load());
    if (lacking != MemoryChannel::Room::tooFewSlots) return noRoom(putEvents_, keepAlive, channel_.capacity_.load());
    return failure(ErrorCode::full, "channel-full-bytes",
                   {std::to_string(putBytes_), fmt::format("{}", static_cast<double>(keepAlive.count()) / 1000),
                    std::to_string(channel_.byteCapacity_.load())});
}

void MemoryTransaction::rollback() {
    MILLRACE_ASSERT(open_, "rollback() without begin()");
    if (putEvents_ > 0) {
        const std::lock_guard lock(channel_.backLock_);
        channel_.put_.attempt(putEvents_);
    }
    // Last call first, and putBack() last range first: so they stand at the head in their old order.
    for (std::size_t call = takeCalls_; call-- > 0;) {
        std::vector<EventRange>& ranges = takes_[call];
        channel_.putBack(ranges);
        ranges.clear();
    }
    for (EventRange& range : puts_)
        range.batch.reset();
    close();
}

void MemoryTransaction::passOnWakeUp() {
    if (place_.giveUp() && channel_.eventsReady()) channel_.wakeTaker();
}

void MemoryTransaction::close() {
    open_ = false;
    putRanges_ = putEvents_ = putSlots_ = putBytes_ = 0;
    takeCalls_ = takenEvents_ = takenSlots_ = takenBytes_ = 0;
}

} // namespace millrace::flume
