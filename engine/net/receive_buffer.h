#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace millrace::net {

/// Memory that grows as bytes arrive, never cleared before it is written, and can be shared out when it is full.
/// Growing in steps keeps a peer that claims much and sends nothing cheap.
class ReceiveBuffer {
public:
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    std::span<const std::uint8_t> data() const { return {memory_.get(), size_}; }
    /// Room behind what is there: without growing, so possibly none.
    std::span<std::uint8_t> tail() { return {memory_.get() + size_, capacity_ - size_}; }
    void filled(std::size_t bytes) { size_ += bytes; }

    void reserve(std::size_t capacity) {
        if (capacity <= capacity_) return;
        auto grown = std::make_shared_for_overwrite<std::uint8_t[]>(capacity);
        if (size_ > 0) std::memcpy(grown.get(), memory_.get(), size_);
        memory_ = std::move(grown);
        capacity_ = capacity;
    }
    void append(std::span<const std::uint8_t> data) {
        if (data.empty()) return;
        if (size_ + data.size() > capacity_) reserve(std::max(size_ + data.size(), capacity_ * 2));
        std::memcpy(memory_.get() + size_, data.data(), data.size());
        size_ += data.size();
    }
    /// Drops bytes from the front; memory is given back when nothing is left.
    void consume(std::size_t bytes) {
        size_ -= bytes;
        if (size_ == 0)
            release();
        else if (bytes > 0)
            std::memmove(memory_.get(), memory_.get() + bytes, size_);
    }
    /// The memory itself; the buffer is empty afterwards.
    std::shared_ptr<std::uint8_t[]> release() {
        size_ = capacity_ = 0;
        return std::move(memory_);
    }

private:
    std::shared_ptr<std::uint8_t[]> memory_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace millrace::net
