#include "monitor/chart_samples.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace millrace::studio {

ChartSamples::ChartSamples(std::vector<session::HistoryPiece> pieces, std::int64_t stepMs, double scale)
    : pieces_(std::move(pieces)), stepMs_(std::max<std::int64_t>(1, stepMs)) {
    for (session::HistoryPiece& piece : pieces_) {
        // Two lists from outside: only what both have counts.
        const std::size_t steps = std::min(piece.low.size(), piece.high.size());
        piece.low.resize(steps);
        piece.high.resize(steps);
        for (std::vector<double>* values : {&piece.low, &piece.high})
            for (double& value : *values)
                value *= scale;
    }
}

std::optional<double> ChartSamples::at(std::int64_t timeMs) const {
    for (const session::HistoryPiece& piece : pieces_) {
        if (timeMs < piece.fromMs) continue;
        const auto step = static_cast<std::size_t>((timeMs - piece.fromMs) / stepMs_);
        if (step < piece.high.size()) return piece.high[step];
    }
    return std::nullopt;
}

double ChartSamples::maximum() const {
    double largest = 0;
    for (const session::HistoryPiece& piece : pieces_)
        for (const double value : piece.high)
            largest = std::max(largest, value);
    return largest;
}

QList<QList<QPointF>> ChartSamples::lines() const {
    QList<QList<QPointF>> all;
    for (const session::HistoryPiece& piece : pieces_) {
        QList<QPointF> line;
        for (std::size_t i = 0; i < piece.low.size(); ++i) {
            const auto x = static_cast<double>(piece.fromMs + static_cast<std::int64_t>(i) * stepMs_);
            double first = piece.low[i], second = piece.high[i];
            // The nearer one first: the line then goes up and down no more often than it must.
            if (!line.isEmpty() && std::abs(line.last().y() - second) < std::abs(line.last().y() - first))
                std::swap(first, second);
            line.append({x, first});
            if (first != second) line.append({x + static_cast<double>(stepMs_) / 2, second});
        }
        if (!line.isEmpty()) all.append(line);
    }
    return all;
}

} // namespace millrace::studio
