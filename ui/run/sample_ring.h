#pragma once

#include <QList>
#include <QPointF>

#include <cstdint>
#include <optional>
#include <vector>

namespace millrace::studio {

/// The last samples of one figure at a fixed step; memory is bounded by the capacity. A slot without a sample is a gap.
/// Times are milliseconds of any clock that does not go back. GUI thread only.
class SampleRing {
public:
    SampleRing(std::int64_t stepMs, std::size_t capacity);

    /// An absent value makes a gap. A sample older than the newest one is ignored; up to four missed steps (a busy
    /// moment of the window) take the new value, more are a gap.
    void put(std::int64_t timeMs, std::optional<double> value);
    std::optional<double> at(std::int64_t timeMs) const;
    /// Largest value in [fromMs, toMs]; absent when there is none.
    std::optional<double> maximum(std::int64_t fromMs, std::int64_t toMs) const;

    /// Lines without gaps, x in milliseconds, together at most `maxPoints` points: each column of time gives its
    /// smallest and its largest value, so that no peak vanishes. Columns stand still while time passes.
    QList<QList<QPointF>> pieces(std::int64_t fromMs, std::int64_t toMs, int maxPoints) const;

private:
    bool has(std::int64_t slot) const;
    float value(std::int64_t slot) const { return values_[static_cast<std::size_t>(slot) % values_.size()]; }
    std::int64_t oldestSlot() const;

    std::int64_t stepMs_;
    std::vector<float> values_; ///< NaN where there is none
    std::int64_t newest_ = -1;  ///< slot number; -1 before the first sample
};

} // namespace millrace::studio
