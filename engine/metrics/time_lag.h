#pragma once

#include "base/clock.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace millrace::metrics {

/// Lag in time of a consumer of one partition, told from log ends seen before: how long ago was the log as long as what
/// the consumer has committed? Needs no read of any record and no clock but ours. One thread.
class LogEndHistory {
public:
    /// `logEnd` as seen at `now` (ms of any steady clock). Samples closer than `stepMs` replace each other.
    void observe(std::int64_t nowMs, std::int64_t logEnd);
    /// 0 when nothing is left to read; absent when the committed offset is older than what was watched.
    std::optional<std::int64_t> lagMs(std::int64_t nowMs, std::int64_t committed) const;

private:
    static constexpr std::int64_t kStepMs = 500;
    static constexpr std::size_t kSamples = 2'400; ///< 20 minutes of a busy partition; a quiet one reaches back further
    struct Sample {
        std::int64_t timeMs;
        std::int64_t logEnd;
    };
    std::deque<Sample> samples_; ///< rising in both
    std::int64_t lastLogEnd_ = -1;
};

} // namespace millrace::metrics
