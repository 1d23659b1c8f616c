#include "run/sample_ring.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace::studio {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t kBridgedSlots = 4;

/// Smallest and largest sample of one column, with their times in the order in which they came.
struct Column {
    QPointF low, high;
    bool any = false;

    void add(QPointF point) {
        if (!any || point.y() < low.y()) low = point;
        if (!any || point.y() > high.y()) high = point;
        any = true;
    }
    void appendTo(QList<QPointF>& line) const {
        const bool lowFirst = low.x() <= high.x();
        line.append(lowFirst ? low : high);
        if (low != high) line.append(lowFirst ? high : low);
    }
};

} // namespace

SampleRing::SampleRing(std::int64_t stepMs, std::size_t capacity) : stepMs_(stepMs), values_(capacity, kNone) {}

bool SampleRing::has(std::int64_t slot) const {
    return slot >= oldestSlot() && slot <= newest_ && !std::isnan(value(slot));
}

std::int64_t SampleRing::oldestSlot() const {
    return std::max<std::int64_t>(0, newest_ - static_cast<std::int64_t>(values_.size()) + 1);
}

void SampleRing::put(std::int64_t timeMs, std::optional<double> sample) {
    const std::int64_t slot = timeMs / stepMs_;
    if (timeMs < 0 || slot < newest_) return;
    const float stored = sample ? static_cast<float>(*sample) : kNone;
    const auto size = static_cast<std::int64_t>(values_.size());
    if (newest_ >= 0) {
        const bool bridged = slot - newest_ <= kBridgedSlots;
        for (std::int64_t missed = std::max(newest_ + 1, slot - size + 1); missed < slot; ++missed)
            values_[static_cast<std::size_t>(missed % size)] = bridged ? stored : kNone;
    }
    values_[static_cast<std::size_t>(slot % size)] = stored;
    newest_ = slot;
}

std::optional<double> SampleRing::at(std::int64_t timeMs) const {
    const std::int64_t slot = timeMs / stepMs_;
    if (timeMs < 0 || !has(slot)) return {};
    return value(slot);
}

std::optional<double> SampleRing::maximum(std::int64_t fromMs, std::int64_t toMs) const {
    std::optional<double> largest;
    const std::int64_t last = std::min(newest_, toMs / stepMs_);
    for (std::int64_t slot = std::max(oldestSlot(), fromMs / stepMs_); slot <= last; ++slot)
        if (has(slot) && (!largest || value(slot) > *largest)) largest = value(slot);
    return largest;
}

QList<QList<QPointF>> SampleRing::pieces(std::int64_t fromMs, std::int64_t toMs, int maxPoints) const {
    QList<QList<QPointF>> lines;
    if (newest_ < 0 || toMs <= fromMs || maxPoints < 2) return lines;
    // A column more than the points allow for, since columns are aligned to absolute time and the edges cut two of
    // them.
    const std::int64_t columns = std::max<std::int64_t>(1, maxPoints / 2 - 1);
    const std::int64_t width = std::max<std::int64_t>(1, ((toMs - fromMs) / stepMs_ + columns - 1) / columns);
    const std::int64_t first = std::max(oldestSlot(), std::max<std::int64_t>(0, fromMs / stepMs_));
    const std::int64_t last = std::min(newest_, toMs / stepMs_);
    bool open = false;
    for (std::int64_t column = first / width; column * width <= last; ++column) {
        Column found;
        const std::int64_t end = std::min(last, (column + 1) * width - 1);
        for (std::int64_t slot = std::max(first, column * width); slot <= end; ++slot)
            if (has(slot)) found.add({static_cast<double>(slot * stepMs_), value(slot)});
        if (found.any) {
            if (!open) lines.append(QList<QPointF>());
            found.appendTo(lines.last());
        }
        open = found.any;
    }
    return lines;
}

} // namespace millrace::studio
