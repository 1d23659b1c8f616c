#pragma once

#include "net/connection.h"
#include "rpc/call_status.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace millrace::rpc {

/// The answers of one connection in the order of its calls. All but answer() on the connection's loop.
class ReplyQueue : public std::enable_shared_from_this<ReplyQueue> {
public:
    using Frame = std::vector<std::uint8_t>;
    /// The bytes of an answer, on the loop; empty = the call wants none.
    using Encoder = std::function<Frame(CallStatus)>;

    /// `shrank` runs whenever answers have left.
    ReplyQueue(std::shared_ptr<net::Connection> connection, std::function<void()> shrank);

    /// Takes the next place, whose ticket is returned.
    std::uint64_t open(Encoder encoder);
    /// A place whose answer is known at once.
    void send(Frame frame);
    /// From any thread.
    void answer(std::uint64_t ticket, CallStatus status);

    std::size_t unanswered() const { return places_.size(); }
    void closed();

private:
    struct Place {
        Encoder encoder; ///< null once answered
        Frame frame;
    };
    void fill(std::uint64_t ticket, CallStatus status);
    void sendReady();

    std::deque<Place> places_;
    std::uint64_t firstTicket_ = 0;
    std::shared_ptr<net::Connection> connection_;
    std::function<void()> shrank_;

    std::mutex mutex_;     ///< guards loop_, which answers from other threads post to
    net::EventLoop* loop_; ///< null once closed
};

} // namespace millrace::rpc
