#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::metrics {

/// The smallest and the largest value of one stretch of time; not a number where there was none.
struct Column {
    float low, high;
    static Column none();
    bool any() const { return low <= high; }
    void add(const Column& other);
};

/// Into which columns a stretch of time is cut. Columns stand still while time passes: column n reaches from n steps to
/// n + 1 steps after the beginning of the clock.
struct Grid {
    std::size_t level = 0;
    std::int64_t stepMs = 0;
    std::int64_t first = 0, last = 0; ///< columns
    std::size_t columns() const { return static_cast<std::size_t>(last - first + 1); }
};

/// One figure over time, fine for the last minute and coarser the further it lies back. No peak vanishes: each step
/// keeps its smallest and its largest value. Times are milliseconds of a clock that does not go back. One thread.
class Pyramid {
public:
    struct Level {
        std::int64_t stepMs;
        std::size_t steps;
    };
    static constexpr std::array<Level, 3> kLevels{{{250, 4 * 60 + 8}, {1'000, 15 * 60 + 8}, {10'000, 3 * 360 + 8}}};
    static constexpr std::int64_t kReachMs = 3 * 3'600'000;
    /// What one figure takes once three hours have passed: 18 KB. It grows with what has passed.
    static constexpr std::size_t kMostBytes = (kLevels[0].steps + kLevels[1].steps + kLevels[2].steps) * sizeof(Column);

    Pyramid();
    /// An absent value makes a gap, as do more than two seconds without a call; steps that were missed in less take
    /// this value too. One older than the newest is ignored.
    void put(std::int64_t timeMs, std::optional<double> value);

    /// The finest grid that reaches over [fromMs, toMs] with at most `mostColumns` (from 2) columns.
    static Grid gridFor(std::int64_t fromMs, std::int64_t toMs, std::size_t mostColumns);
    /// One column each of `grid`; those without a sample are none.
    std::vector<Column> columns(const Grid& grid) const;

private:
    /// The last steps of one length.
    class Ring {
    public:
        explicit Ring(const Level& level) : stepMs_(level.stepMs), slots_(static_cast<std::int64_t>(level.steps)) {}
        /// `missed` goes into the steps that were left out since the last time, `value` into that of `timeMs`.
        void put(std::int64_t timeMs, const Column& value, const Column& missed);
        /// The steps from slot `first` to `last`, as far as they are known, together.
        Column over(std::int64_t first, std::int64_t last) const;

    private:
        void append(const Column& column);
        std::size_t at(std::int64_t slot) const { return static_cast<std::size_t>((slot - begin_) % slots_); }

        std::int64_t stepMs_, slots_;
        std::int64_t begin_ = 0;   ///< slot of columns_[0] before the ring was full
        std::int64_t newest_ = -1; ///< slot; -1 before the first
        std::vector<Column> columns_;
    };
    std::array<Ring, kLevels.size()> rings_;
    std::int64_t lastMs_ = -1;
};

} // namespace millrace::metrics
