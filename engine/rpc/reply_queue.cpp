#include "rpc/reply_queue.h"

#include <utility>

namespace millrace::rpc {

ReplyQueue::ReplyQueue(std::shared_ptr<net::Connection> connection, std::function<void()> shrank)
    : connection_(std::move(connection)), shrank_(std::move(shrank)), loop_(&connection_->loop()) {}

std::uint64_t ReplyQueue::open(Encoder encoder) {
    places_.push_back({std::move(encoder), {}});
    return firstTicket_ + places_.size() - 1;
}

void ReplyQueue::send(Frame frame) {
    places_.push_back({nullptr, std::move(frame)});
    sendReady();
}

void ReplyQueue::answer(std::uint64_t ticket, CallStatus status) {
    const std::lock_guard lock(mutex_);
    // Posted even on the loop itself: the caller may be inside completed(), in the middle of the connection's state.
    if (loop_) loop_->post([self = shared_from_this(), ticket, status] { self->fill(ticket, status); });
}

void ReplyQueue::fill(std::uint64_t ticket, CallStatus status) {
    if (!connection_) return;
    Place& place = places_[ticket - firstTicket_];
    place.frame = std::exchange(place.encoder, nullptr)(status);
    sendReady();
}

void ReplyQueue::sendReady() {
    bool sent = false;
    for (; !places_.empty() && !places_.front().encoder; ++firstTicket_, sent = true) {
        Frame bytes = std::move(places_.front().frame);
        places_.pop_front();
        if (!bytes.empty()) connection_->send(Bytes(std::move(bytes)));
    }
    if (sent) shrank_();
}

void ReplyQueue::closed() {
    {
        const std::lock_guard lock(mutex_);
        loop_ = nullptr;
    }
    connection_.reset();
    shrank_ = nullptr;
    places_.clear();
}

} // namespace millrace::rpc
