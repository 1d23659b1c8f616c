#pragma once

#include "net/event_loop.h"
#include "net/loop_timers.h"

#include <boost/asio/io_context.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <unordered_map>
#include <vector>

namespace millrace::net {

class TcpConnection;

/// The inside of a loop, shared by the files of this folder. Members without a note belong to the loop's thread.
struct EventLoop::Impl {
    explicit Impl(EventLoop& owner);

    /// Any thread. False when the loop has ended and `fn` was dropped.
    bool post(std::function<void()> fn);
    /// Any thread but, for an answer, not one that holds what `fn` needs: runs `fn` on the loop and waits for it. Does
    /// nothing when the loop has ended.
    void runAndWait(std::function<void()> fn);

    /// The connection has something to send; it leaves when the turn ends.
    void markUnsent(std::shared_ptr<TcpConnection> connection) { unsent.push_back(std::move(connection)); }
    /// Sends what this turn of the loop has queued: after every call into a handler, a posted closure or a timer.
    void turnEnded();

    void run(const std::string& name);
    void runPosted();
    void shutDown();

    EventLoop& loop;
    boost::asio::io_context io{1};
    LoopTimers timers;
    /// Every idle connection reads into this one buffer first, so that it owns none.
    std::array<std::uint8_t, 64 * 1024> scratch;
    std::vector<std::shared_ptr<TcpConnection>> unsent;
    /// What has to close when the loop ends, by its owner.
    std::unordered_map<const void*, std::function<void()>> atStop;

    std::mutex mutex; ///< guards the three below
    std::vector<std::function<void()>> posted;
    bool wakePending = false; ///< a wake-up is under way: further posts need none
    bool ended = false;

    std::thread thread;
};

} // namespace millrace::net
