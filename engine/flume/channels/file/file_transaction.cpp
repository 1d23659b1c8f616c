#include "flume/channels/file/file_transaction.h"

#include "flume/channels/room_wait.h"
#include "flume/channels/transaction_limits.h"

#include <algorithm>

namespace millrace::flume {

FileTransaction::FileTransaction(FileChannel& channel, WakeUp& waker)
    : RunnerTransaction(channel.waits_.takers, waker), channel_(channel) {
    forRoom_.waker = &waker;
}

Status FileTransaction::add(const EventRange& range) {
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    channel_.counts_.putAttempts.fetch_add(static_cast<std::int64_t>(range.size()), std::memory_order_relaxed);
    if (putEvents_ + range.size() > limit) return tooManyPuts(limit);
    putEvents_ += range.size();
    appendRange(puts_, range);
    return ok();
}

Result<std::size_t> FileTransaction::takeInto(std::vector<EventRange>& into, std::size_t maxEvents) {
    if (!store_) return channel_.notOpen();
    const std::size_t limit = channel_.transactionCapacity_.load(std::memory_order_relaxed);
    const std::size_t allowed = limit - std::min(takenEvents(), limit);
    if (maxEvents > allowed && store_->ready() >= allowed) return tooManyTakes(limit);
    auto taken = store_->take(this, maxEvents, into);
    if (taken)
        channel_.counts_.takeAttempts.fetch_add(static_cast<std::int64_t>(std::max<std::size_t>(*taken, 1)),
                                                std::memory_order_relaxed);
    else
        channel_.counts_.takeErrors.fetch_add(1);
    return taken;
}

Status FileTransaction::reserve() {
    const auto tryReserve = [&] { return store_->reserve(putEvents_, channel_.capacity_.load()); };
    if (tryReserve()) return ok();
    forRoom_.events = putEvents_;
    const std::chrono::milliseconds keepAlive(channel_.keepAliveMs_.load());
    const Status room = waitForRoom(waker(), channel_.waits_.putters, forRoom_, keepAlive, channel_.stopped_, tryReserve,
                                    [&] { return noRoom(putEvents_, keepAlive, channel_.capacity_.load()); });
    channel_.wakePutter(); // another source may fit where this one gave up
    return room;
}

Status FileTransaction::publishPuts() {
    if (putEvents_ == 0) return ok();
    if (!store_ || channel_.stopped_.load()) return channel_.notOpen();
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
    channel_.counts_.takes.fetch_add(static_cast<std::int64_t>(takenEvents()), std::memory_order_relaxed);
    channel_.wakePutter();
    return ok();
}

void FileTransaction::undo() {
    if (store_) store_->rollBackTakes(this);
}

bool FileTransaction::eventsReady() const {
    const auto open = channel_.store();
    return open && open->ready() > 0;
}

void FileTransaction::wakeTaker() {
    if (channel_.waits_.takers.any()) channel_.waits_.takers.wakeFirst();
}

void FileTransaction::closed() {
    store_.reset();
    puts_.clear();
    putEvents_ = 0;
    forgetTaken();
}

} // namespace millrace::flume
