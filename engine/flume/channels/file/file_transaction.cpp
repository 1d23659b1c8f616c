#include "flume/channels/file/file_transaction.h"

#include "base/assertion.h"
#include "flume/channels/room_wait.h"
#include "flume/channels/transaction_limits.h"

#include <algorithm>

namespace millrace::flume {

FileTransaction::FileTransaction(FileChannel& channel, WakeUp& waker)
    : channel_(channel), waker_(waker), place_(channel.waits_.takers, waker) {
    forRoom_.waker = &waker;
}

FileTransaction::~FileTransaction() {
    if (open_) rollback();
    passOnWakeUp();
}

void FileTransaction::begin() {
    MILLRACE_ASSERT(!open_, "begin() of an open transaction");
    open_ = true;
    store_ = channel_.store();
}

Status FileTransaction::put(const EventRange& range) {
    MILLRACE_ASSERT(open_, "put() without begin()");
    if (range.empty()) return ok();
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    channel_.counts_.putAttempts.fetch_add(static_cast<std::int64_t>(range.size()), std::memory_order_relaxed);
    if (putEvents_ + range.size() > limit) return tooManyPuts(limit);
    putEvents_ += range.size();
    if (!puts_.empty() && puts_.back().batch == range.batch && puts_.back().last == range.first)
        puts_.back().last = range.last;
    else
        puts_.push_back(range);
    return ok();
}

Result<std::size_t> FileTransaction::takeInto(std::vector<EventRange>& into, std::size_t maxEvents) {
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    const std::size_t allowed = limit - std::min(takenEvents_, limit);
    if (maxEvents > allowed && store_->ready() >= allowed) return tooManyTakes(limit);
    auto taken = store_->take(this, maxEvents, into);
    if (!taken) channel_.counts_.takeErrors.fetch_add(1);
    return taken;
}

Result<std::span<const EventRange>> FileTransaction::take(std::size_t maxEvents) {
    MILLRACE_ASSERT(open_, "take() without begin()");
    if (maxEvents == 0) return std::span<const EventRange>();
    if (!store_) return channel_.notOpen();
    if (takeCalls_ == takes_.size()) takes_.emplace_back();
    std::vector<EventRange>& into = takes_[takeCalls_];
    auto taken = takeInto(into, maxEvents);
    if (taken && *taken == 0) {
        place_.wait();
        if (store_->ready() > 0) taken = takeInto(into, maxEvents);
    }
    if (!taken) return taken.error();
    channel_.counts_.takeAttempts.fetch_add(static_cast<std::int64_t>(std::max<std::size_t>(*taken, 1)),
                                            std::memory_order_relaxed);
    if (*taken == 0) return std::span<const EventRange>();
    place_.served();
    takenEvents_ += *taken;
    ++takeCalls_;
    return std::span<const EventRange>(into);
}

Status FileTransaction::commit() {
    MILLRACE_ASSERT(open_, "commit() without begin()");
    if (!store_ && (putEvents_ > 0 || takenEvents_ > 0)) return channel_.notOpen();
    if (putEvents_ > 0) MILLRACE_TRY(publish());
    if (takenEvents_ > 0) MILLRACE_TRY(commitTakes());
    close();
    return ok();
}

Status FileTransaction::reserve() {
    const auto tryReserve = [&] { return store_->reserve(putEvents_, channel_.capacity_.load()); };
    if (tryReserve()) return ok();
    forRoom_.events = putEvents_;
    const std::chrono::milliseconds keepAlive(channel_.keepAliveMs_.load());
    const Status room = waitForRoom(waker_, channel_.waits_.putters, forRoom_, keepAlive, channel_.stopped_, tryReserve,
                                    [&] { return noRoom(putEvents_, keepAlive, channel_.capacity_.load()); });
    channel_.wakePutter(); // another source may fit where this one gave up
    return room;
}

Status FileTransaction::publish() {
    if (channel_.stopped_.load()) return channel_.notOpen();
    MILLRACE_TRY(reserve());
    Status written = store_->checkSpace();
    if (written)
        written = store_->put(puts_, putEvents_);
    else
        store_->giveBack(putEvents_);
    if (!written) {
        channel_.counts_.putErrors.fetch_add(1);
        channel_.wakePutter();
        return written;
    }
    channel_.counts_.puts.fetch_add(static_cast<std::int64_t>(putEvents_), std::memory_order_relaxed);
    if (store_->checkpointDue()) channel_.housekeeping_.notify();
    puts_.clear();
    putEvents_ = 0;
    return written;
}

Status FileTransaction::commitTakes() {
    if (Status taken = store_->commitTakes(this); !taken) {
        channel_.counts_.takeErrors.fetch_add(1);
        return taken;
    }
    channel_.counts_.takes.fetch_add(static_cast<std::int64_t>(takenEvents_), std::memory_order_relaxed);
    channel_.wakePutter();
    return ok();
}

void FileTransaction::rollback() {
    MILLRACE_ASSERT(open_, "rollback() without begin()");
    if (store_) store_->rollBackTakes(this);
    close();
}

void FileTransaction::passOnWakeUp() {
    if (!place_.giveUp()) return;
    const auto open = channel_.store();
    if (open && open->ready() > 0 && channel_.waits_.takers.any()) channel_.waits_.takers.wakeFirst();
}

void FileTransaction::close() {
    open_ = false;
    store_.reset();
    puts_.clear();
    putEvents_ = 0;
    for (std::size_t call = 0; call < takeCalls_; ++call)
        takes_[call].clear();
    takeCalls_ = takenEvents_ = 0;
}

} // namespace millrace::flume
