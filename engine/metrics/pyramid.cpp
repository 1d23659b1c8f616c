#include "metrics/pyramid.h"

#include <algorithm>
#include <limits>

namespace millrace::metrics {

namespace {
constexpr std::int64_t kBridgedMs = 2'000;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
} // namespace

Column Column::none() {
    return {kNone, kNone};
}

void Column::add(const Column& other) {
    if (!other.any()) return;
    *this = any() ? Column{std::min(low, other.low), std::max(high, other.high)} : other;
}

Pyramid::Pyramid() : rings_{Ring(kLevels[0]), Ring(kLevels[1]), Ring(kLevels[2])} {}

void Pyramid::put(std::int64_t timeMs, std::optional<double> value) {
    if (timeMs < 0 || timeMs < lastMs_) return;
    const float sample = value ? static_cast<float>(*value) : kNone;
    const Column column{sample, sample};
    const bool bridged = lastMs_ >= 0 && timeMs - lastMs_ <= kBridgedMs;
    for (Ring& ring : rings_)
        ring.put(timeMs, column, bridged ? column : Column::none());
    lastMs_ = timeMs;
}

Grid Pyramid::gridFor(std::int64_t fromMs, std::int64_t toMs, std::size_t mostColumns) {
    Grid grid;
    const std::int64_t span = std::max<std::int64_t>(0, toMs - fromMs);
    const auto reach = [](const Level& level) { return level.stepMs * static_cast<std::int64_t>(level.steps - 2); };
    while (grid.level + 1 < kLevels.size() && reach(kLevels[grid.level]) < span)
        ++grid.level;
    // One column less than allowed, since the ends of the stretch cut one in two.
    const auto most = std::max<std::int64_t>(1, static_cast<std::int64_t>(mostColumns) - 1);
    const std::int64_t slot = kLevels[grid.level].stepMs;
    grid.stepMs = slot * std::max<std::int64_t>(1, (span + slot * most - 1) / (slot * most));
    grid.first = std::max<std::int64_t>(0, fromMs) / grid.stepMs;
    grid.last = std::max(grid.first, toMs / grid.stepMs);
    return grid;
}

std::vector<Column> Pyramid::columns(const Grid& grid) const {
    std::vector<Column> all;
    all.reserve(grid.columns());
    const std::int64_t width = grid.stepMs / kLevels[grid.level].stepMs;
    for (std::int64_t column = grid.first; column <= grid.last; ++column)
        all.push_back(rings_[grid.level].over(column * width, (column + 1) * width - 1));
    return all;
}

void Pyramid::Ring::put(std::int64_t timeMs, const Column& value, const Column& missed) {
    const std::int64_t slot = timeMs / stepMs_;
    if (newest_ < 0 || slot - newest_ >= slots_) {
        columns_.clear();
        begin_ = slot;
        newest_ = slot - 1;
    }
    while (newest_ < slot)
        append(newest_ + 1 == slot ? Column::none() : missed);
    columns_[at(slot)].add(value);
}

void Pyramid::Ring::append(const Column& column) {
    ++newest_;
    if (at(newest_) == columns_.size())
        columns_.push_back(column);
    else
        columns_[at(newest_)] = column;
}

Column Pyramid::Ring::over(std::int64_t first, std::int64_t last) const {
    Column all = Column::none();
    const std::int64_t oldest = newest_ - static_cast<std::int64_t>(columns_.size()) + 1;
    for (std::int64_t slot = std::max(first, oldest); slot <= std::min(last, newest_); ++slot)
        all.add(columns_[at(slot)]);
    return all;
}

} // namespace millrace::metrics
