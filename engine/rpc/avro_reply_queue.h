#pragma once

#include "net/connection.h"
#include "rpc/avro_protocol.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace millrace::rpc {

/// The answers of one connection in the order of its calls. All but answer() on the connection's loop.
class AvroReplyQueue : public std::enable_shared_from_this<AvroReplyQueue> {
public:
    /// `shrank` runs whenever answers have left.
    AvroReplyQueue(std::shared_ptr<net::Connection> connection, std::function<void()> shrank);

    /// Takes the next place. `handshake` is sent before the answer, empty after the first call of a connection.
    std::uint64_t open(std::int32_t serial, std::vector<std::uint8_t> handshake);
    /// A place whose answer is known at once: only the handshake, or an error with a text.
    void sendHandshakeOnly(std::int32_t serial, std::vector<std::uint8_t> handshake);
    void sendError(std::int32_t serial, std::vector<std::uint8_t> handshake, const std::string& text);
    /// From any thread.
    void answer(std::uint64_t ticket, AvroStatus status);

    std::size_t unanswered() const { return places_.size(); }
    void closed();

private:
    struct Place {
        std::int32_t serial = 0;
        std::vector<std::uint8_t> handshake;
        std::vector<std::uint8_t> frame; ///< empty while unanswered
    };
    void fill(std::uint64_t ticket, AvroStatus status);
    void sendReady();
    static std::vector<std::uint8_t> callFrame(const Place& place, const std::vector<std::uint8_t>& result);

    std::deque<Place> places_;
    std::uint64_t firstTicket_ = 0;
    std::shared_ptr<net::Connection> connection_;
    std::function<void()> shrank_;

    std::mutex mutex_;     ///< guards loop_, which answers from other threads post to
    net::EventLoop* loop_; ///< null once closed
};

} // namespace millrace::rpc
