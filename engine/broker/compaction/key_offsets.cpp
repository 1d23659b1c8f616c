#include "broker/compaction/key_offsets.h"

#include <algorithm>

namespace millrace::broker {

namespace {

constexpr double kLeastLoad = 0.05, kMostLoad = 0.95;

std::size_t slotsFor(std::size_t keys, double load) {
    return static_cast<std::size_t>(static_cast<double>(keys) / load) + 1;
}

} // namespace

KeyOffsets::KeyOffsets(const Limits& limits, std::uint64_t keys, const KeySecret& secret) : secret_(secret) {
    const double load = std::clamp(limits.load, kLeastLoad, kMostLoad);
    const auto most = static_cast<std::uint64_t>(static_cast<double>(limits.bytes / sizeof(Slot)) * load);
    capacity_ = static_cast<std::size_t>(std::clamp<std::uint64_t>(keys, 1, std::max<std::uint64_t>(most, 1)));
    slots_.resize(slotsFor(capacity_, load));
}

std::size_t KeyOffsets::slotOf(const KeyHash& key) const {
    std::size_t at = key.low % slots_.size();
    while (slots_[at].offset >= 0 && slots_[at].key != key)
        at = at + 1 == slots_.size() ? 0 : at + 1;
    return at;
}

bool KeyOffsets::put(std::span<const std::uint8_t> key, std::int64_t offset) {
    const KeyHash hash = hashOfKey(secret_, key);
    Slot& slot = slots_[slotOf(hash)];
    if (slot.offset < 0) {
        if (size_ == capacity_) return false;
        ++size_;
        slot.key = hash;
    }
    slot.offset = offset;
    return true;
}

std::optional<std::int64_t> KeyOffsets::find(std::span<const std::uint8_t> key) const {
    const Slot& slot = slots_[slotOf(hashOfKey(secret_, key))];
    return slot.offset < 0 ? std::nullopt : std::optional(slot.offset);
}

} // namespace millrace::broker
