#include "monitor/axis_range.h"

#include <algorithm>
#include <cmath>

namespace millrace::studio {

namespace {
constexpr std::int64_t kShrinkAfterMs = 10'000;
constexpr int kMostSteps = 4;
} // namespace

double AxisRange::stepFor(double value) {
    const double least = value / kMostSteps;
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * power * kMostSteps >= value * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

double AxisRange::roundedUp(double value) {
    if (!(value > 0)) return 1;
    const double step = stepFor(value);
    return std::ceil(value / step - 1e-9) * step;
}

bool AxisRange::update(double maximum, std::int64_t nowMs) {
    const double wanted = roundedUp(std::max(maximum, smallest_));
    if (wanted > top_ || (!fits_ && wanted != top_)) {
        top_ = wanted;
        fits_ = true;
        smallerSinceMs_ = -1;
        return true;
    }
    fits_ = true;
    if (wanted == top_) {
        smallerSinceMs_ = -1;
        return false;
    }
    if (smallerSinceMs_ < 0) {
        smallerSinceMs_ = nowMs;
        needed_ = 0;
    }
    needed_ = std::max(needed_, wanted);
    if (nowMs - smallerSinceMs_ < kShrinkAfterMs) return false;
    top_ = needed_;
    smallerSinceMs_ = -1;
    return true;
}

QList<double> AxisRange::ticks() const {
    QList<double> values;
    const double step = stepFor(top_);
    const int count = static_cast<int>(std::lround(top_ / step));
    for (int i = 0; i <= count; ++i)
        values.append(step * i);
    return values;
}

} // namespace millrace::studio
