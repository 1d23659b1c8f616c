#include "net/send_queue.h"

#include "base/assertion.h"

namespace millrace::net {

void SendQueue::push(std::vector<Bytes> pieces) {
    for (const Bytes& piece : pieces)
        bytes_ += piece.size();
    if (pieces_.empty()) {
        pieces_ = std::move(pieces);
        return;
    }
    for (Bytes& piece : pieces)
        if (!piece.empty()) pieces_.push_back(std::move(piece));
}

std::size_t SendQueue::gather(iovec* into, std::size_t most) const {
    std::size_t count = 0;
    std::size_t offset = offset_;
    for (std::size_t at = first_; at < pieces_.size() && count < most; ++at, offset = 0) {
        const Bytes& piece = pieces_[at];
        if (piece.size() == offset) continue;
        into[count++] = {const_cast<std::uint8_t*>(piece.data()) + offset, piece.size() - offset};
    }
    return count;
}

void SendQueue::sent(std::size_t bytes) {
    MILLRACE_ASSERT(bytes <= bytes_, "sent {} of {}", bytes, bytes_);
    bytes_ -= bytes;
    if (bytes_ == 0) return clear();
    offset_ += bytes;
    while (offset_ >= pieces_[first_].size()) {
        offset_ -= pieces_[first_].size();
        pieces_[first_++] = Bytes();
    }
    // Sent places are given back in batches, so that a queue that never runs empty stays as short as what it holds.
    if (first_ >= 64 && first_ * 2 >= pieces_.size()) {
        pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
        first_ = 0;
    }
}

void SendQueue::clear() {
    pieces_.clear();
    if (pieces_.capacity() > 16) pieces_.shrink_to_fit();
    first_ = offset_ = bytes_ = 0;
}

} // namespace millrace::net
