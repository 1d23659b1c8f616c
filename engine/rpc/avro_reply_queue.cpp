#include "rpc/avro_reply_queue.h"

#include "rpc/avro_frames.h"
#include "rpc/avro_writer.h"

#include <array>

namespace millrace::rpc {

AvroReplyQueue::AvroReplyQueue(std::shared_ptr<net::Connection> connection, std::function<void()> shrank)
    : connection_(std::move(connection)), shrank_(std::move(shrank)), loop_(&connection_->loop()) {}

std::uint64_t AvroReplyQueue::open(std::int32_t serial, std::vector<std::uint8_t> handshake) {
    places_.push_back({serial, std::move(handshake), {}});
    return firstTicket_ + places_.size() - 1;
}

void AvroReplyQueue::sendHandshakeOnly(std::int32_t serial, std::vector<std::uint8_t> handshake) {
    Place place{serial, std::move(handshake), {}};
    const std::span<const std::uint8_t> only = place.handshake;
    appendAvroFrame(serial, {&only, 1}, place.frame);
    places_.push_back(std::move(place));
    sendReady();
}

void AvroReplyQueue::sendError(std::int32_t serial, std::vector<std::uint8_t> handshake, const std::string& text) {
    // Error flag, branch 0 of the method's error union (a string), the text.
    std::vector<std::uint8_t> result{1};
    AvroWriter writer(result);
    writer.writeLong(0);
    writer.writeBytes(text);
    Place place{serial, std::move(handshake), {}};
    place.frame = callFrame(place, result);
    places_.push_back(std::move(place));
    sendReady();
}

/// In the three buffers that Avro's own server makes: handshake, metadata, error flag with result.
std::vector<std::uint8_t> AvroReplyQueue::callFrame(const Place& place, const std::vector<std::uint8_t>& result) {
    static constexpr std::array<std::uint8_t, 1> kNoMetadata{0};
    const std::array<std::span<const std::uint8_t>, 3> buffers{place.handshake, kNoMetadata, result};
    std::vector<std::uint8_t> frame;
    appendAvroFrame(place.serial, buffers, frame);
    return frame;
}

void AvroReplyQueue::answer(std::uint64_t ticket, AvroStatus status) {
    const std::lock_guard lock(mutex_);
    // Posted even on the loop itself: the caller may be inside completed(), in the middle of the connection's state.
    if (loop_) loop_->post([self = shared_from_this(), ticket, status] { self->fill(ticket, status); });
}

void AvroReplyQueue::fill(std::uint64_t ticket, AvroStatus status) {
    if (!connection_) return;
    Place& place = places_[ticket - firstTicket_];
    std::vector<std::uint8_t> result{0};
    AvroWriter(result).writeLong(static_cast<std::int64_t>(status));
    place.frame = callFrame(place, result);
    sendReady();
}

void AvroReplyQueue::sendReady() {
    bool sent = false;
    for (; !places_.empty() && !places_.front().frame.empty(); ++firstTicket_, sent = true) {
        std::vector<std::uint8_t> bytes = std::move(places_.front().frame);
        places_.pop_front();
        connection_->send(Bytes(std::move(bytes)));
    }
    if (sent) shrank_();
}

void AvroReplyQueue::closed() {
    {
        const std::lock_guard lock(mutex_);
        loop_ = nullptr;
    }
    connection_.reset();
    shrank_ = nullptr;
    places_.clear();
}

} // namespace millrace::rpc
