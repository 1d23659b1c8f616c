#pragma once

#include "flume/channels/wait_list.h"
#include "flume/sentences.h"

#include <atomic>
#include <chrono>

namespace millrace::flume {

/// The wait of a commit for room in a full channel, up to `keepAlive`. `tryPut()` is asked as soon as there may be
/// room, `refusal()` gives the error when the time is over. Runner thread; `waiter` says how much room is needed.
template <typename TryPut, typename Refusal>
Status waitForRoom(WakeUp& waker, WaitList& putters, WaitList::Waiter& waiter, std::chrono::milliseconds keepAlive,
                   const std::atomic<bool>& stopped, TryPut tryPut, Refusal refusal) {
    const auto deadline = waker.clock().now() + keepAlive;
    waker.setHeldUp(true);
    Status status = ok();
    for (;;) {
        putters.enter(waiter);
        if (tryPut()) break;
        if (stopped.load())
            status = failure(ErrorCode::closed, "channel-stopped");
        else if (waker.waitsEnded())
            status = Error{ErrorCode::cancelled, "the wait for room was ended by a stop", true};
        else if (waker.clock().now() >= deadline)
            status = refusal();
        if (!status) break;
        waker.wait(deadline);
    }
    putters.leave(waiter);
    waker.setHeldUp(false);
    // A wake-up for another purpose may have been used up here.
    waker.notify();
    return status;
}

/// What a source is told when the wait for a place was in vain (ChannelFullException).
inline Error noRoom(std::size_t events, std::chrono::milliseconds keepAlive, std::size_t capacity) {
    return failure(ErrorCode::full, "channel-full",
                   {std::to_string(events), fmt::format("{}", static_cast<double>(keepAlive.count()) / 1000),
                    std::to_string(capacity)});
}

} // namespace millrace::flume
