#pragma once

#include <QList>

#include <cstdint>

namespace millrace::studio {

/// The upper end of an axis that begins at zero: round, grows at once, shrinks only after the smaller size has been
/// enough for ten seconds, so that the picture does not jump.
class AxisRange {
public:
    /// `smallest`: the axis never ends below it.
    explicit AxisRange(double smallest = 1) : smallest_(smallest), top_(roundedUp(smallest)) {}

    /// Another picture begins (other lines, another unit, another stretch of time): the next update() fits at once.
    void beginAnew() { fits_ = false; }
    /// Returns true when the end has changed.
    bool update(double maximum, std::int64_t nowMs);
    double top() const { return top_; }
    /// From 0 to top() in at most five equal round steps.
    QList<double> ticks() const;

    /// The least round axis end that is not below `value`.
    static double roundedUp(double value);

private:
    static double stepFor(double value);

    double smallest_;
    double top_;
    bool fits_ = true;                 ///< false: what top_ was fitted to is not shown any more
    double needed_ = 0;                ///< largest end asked for since smallerSinceMs_
    std::int64_t smallerSinceMs_ = -1; ///< -1: the present end is needed
};

} // namespace millrace::studio
