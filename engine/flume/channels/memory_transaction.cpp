#include "flume/channels/memory_transaction.h"

#include "base/assertion.h"
#include "flume/sentences.h"

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

MemoryTransaction::MemoryTransaction(MemoryChannel& channel, WakeUp& waker) : channel_(channel), waker_(waker) {
    forEvents_.waker = &waker;
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
    if (putEvents_ + range.size() > limit)
        return Error{
            ErrorCode::outOfRange,
            fmt::format("more than transactionCapacity {} events put in one transaction; lower the source's batch "
                        "size or raise transactionCapacity",
                        limit),
            false};
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
        registerForEvents();
        // Between the first look and the registration a source may have committed.
        if (channel_.eventsReady()) taken = channel_.take(maxEvents, allowed, into);
    }
    if (!taken) return taken.error();
    if (*taken == 0) return std::span<const EventRange>();
    if (hungry_) {
        channel_.takers_.leave(forEvents_);
        hungry_ = false;
    }
    takenEvents_ += *taken;
    for (const EventRange& range : into) {
        takenSlots_ += slotsOf(range);
        takenBytes_ += range.bodyBytes();
    }
    ++takeCalls_;
    return std::span<const EventRange>(into);
}

void MemoryTransaction::registerForEvents() {
    channel_.takers_.enter(forEvents_);
    hungry_ = true;
}

Status MemoryTransaction::commit() {
    MILLRACE_ASSERT(open_, "commit() without begin()");
    if (putRanges_ > 0) MILLRACE_TRY(publish());
    if (takenEvents_ > 0) channel_.free(takenEvents_, takenSlots_, takenBytes_);
    close();
    return ok();
}

Status MemoryTransaction::publish() {
    if (channel_.stopped_.load(std::memory_order_relaxed))
        return failure(ErrorCode::closed, "channel-stopped");
    const auto ranges = std::span(puts_).first(putRanges_);
    const auto room = channel_.tryPut(ranges, putEvents_, putSlots_, putBytes_);
    return room == MemoryChannel::Room::enough ? ok() : waitForRoom(room);
}

Status MemoryTransaction::waitForRoom(MemoryChannel::Room lacking) {
    const std::size_t slotLimit = channel_.slotLimit_.load();
    if (slotLimit > 0 && putSlots_ > slotLimit) return noRoom(lacking); // no waiting helps
    const auto deadline = waker_.clock().now() + std::chrono::milliseconds(channel_.keepAliveMs_.load());
    forRoom_.events = putEvents_;
    forRoom_.byteSlots = putSlots_;
    waker_.setHeldUp(true);
    Status status = ok();
    for (;;) {
        channel_.putters_.enter(forRoom_);
        lacking = channel_.tryPut(std::span(puts_).first(putRanges_), putEvents_, putSlots_, putBytes_);
        if (lacking == MemoryChannel::Room::enough) break;
        if (channel_.stopped_.load())
            status = failure(ErrorCode::closed, "channel-stopped");
        else if (waker_.waitsEnded())
            status = Error{ErrorCode::cancelled, "the wait for room was ended by a stop", true};
        else if (waker_.clock().now() >= deadline)
            status = noRoom(lacking);
        if (!status) break;
        waker_.wait(deadline);
    }
    channel_.putters_.leave(forRoom_);
    waker_.setHeldUp(false);
    // A wake-up for another purpose may have been used up here, and another source may fit where this one gave up.
    waker_.notify();
    if (channel_.putters_.any()) channel_.wakePutter();
    return status;
}

Status MemoryTransaction::noRoom(MemoryChannel::Room lacking) const {
    const auto seconds = static_cast<double>(channel_.keepAliveMs_.load()) / 1000;
    if (lacking == MemoryChannel::Room::tooFewSlots)
        return failure(
            ErrorCode::full, "channel-full-bytes",
            {std::to_string(putBytes_), fmt::format("{}", seconds), std::to_string(channel_.byteCapacity_.load())});
    return failure(
        ErrorCode::full, "channel-full",
        {std::to_string(putEvents_), fmt::format("{}", seconds), std::to_string(channel_.capacity_.load())});
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
    if (!hungry_) return;
    hungry_ = false;
    const bool unused = channel_.takers_.leave(forEvents_);
    if (unused && channel_.eventsReady()) channel_.wakeTaker();
}

void MemoryTransaction::close() {
    open_ = false;
    putRanges_ = putEvents_ = putSlots_ = putBytes_ = 0;
    takeCalls_ = takenEvents_ = takenSlots_ = takenBytes_ = 0;
}

} // namespace millrace::flume
