#pragma once

#include "session/answer.h"

#include <QList>
#include <QPointF>

#include <cstdint>
#include <optional>
#include <vector>

namespace millrace::studio {

/// What one line of a chart shows: for each step of time its smallest and its largest value.
class ChartSamples {
public:
    ChartSamples() = default;
    /// `scale`: what each value is multiplied with.
    ChartSamples(std::vector<session::HistoryPiece> pieces, std::int64_t stepMs, double scale = 1);

    /// The largest value of the step in which the moment lies; absent in a gap.
    std::optional<double> at(std::int64_t timeMs) const;
    double maximum() const; ///< 0 when there is none
    /// Lines without gaps, x in milliseconds. A step whose values differ gives two points, so that no peak vanishes.
    QList<QList<QPointF>> lines() const;

private:
    std::vector<session::HistoryPiece> pieces_;
    std::int64_t stepMs_ = 1;
};

} // namespace millrace::studio
