#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace millrace {

/// An immutable slice of shared memory: copying it copies no byte and keeps the whole owner alive. Safe to hand to
/// another thread. Empty by default.
class Bytes {
public:
    Bytes() = default;
    /// Takes over a vector.
    explicit Bytes(std::vector<std::uint8_t> data) {
        auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(data));
        view_ = {owner->data(), owner->size()};
        heldBytes_ = owner->size();
        owner_ = std::move(owner);
    }
    /// A view into memory that `owner` keeps alive (a received frame, a mapped file).
    Bytes(std::shared_ptr<const void> owner, std::span<const std::uint8_t> view)
        : owner_(std::move(owner)), view_(view), heldBytes_(view.size()) {}
    static Bytes copyOf(std::string_view text) {
        return Bytes(std::vector<std::uint8_t>(text.begin(), text.end()));
    }
    static Bytes copyOf(std::span<const std::uint8_t> data) {
        return Bytes(std::vector<std::uint8_t>(data.begin(), data.end()));
    }

    const std::uint8_t* data() const { return view_.data(); }
    std::size_t size() const { return view_.size(); }
    bool empty() const { return view_.empty(); }
    std::span<const std::uint8_t> span() const { return view_; }
    std::string_view text() const { return {reinterpret_cast<const char*>(view_.data()), view_.size()}; }
    /// Precondition: offset + length <= size().
    Bytes slice(std::size_t offset, std::size_t length) const {
        Bytes part(owner_, view_.subspan(offset, length));
        part.heldBytes_ = heldBytes_;
        return part;
    }
    Bytes slice(std::size_t offset) const { return slice(offset, size() - offset); }
    /// How much memory this slice keeps alive: the size of what it was cut from. Who keeps slices for long copies those
    /// that hold far more than they show.
    std::size_t heldBytes() const { return heldBytes_; }
    bool operator==(const Bytes& other) const {
        return size() == other.size() && (empty() || std::memcmp(data(), other.data(), size()) == 0);
    }

private:
    std::shared_ptr<const void> owner_;
    std::span<const std::uint8_t> view_;
    std::size_t heldBytes_ = 0;
};

} // namespace millrace
