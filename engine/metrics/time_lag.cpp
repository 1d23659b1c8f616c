#include "metrics/time_lag.h"

#include <algorithm>

namespace millrace::metrics {

void LogEndHistory::observe(std::int64_t nowMs, std::int64_t logEnd) {
    // A topic that was made anew begins again at 0: what was seen of the old one says nothing.
    if (logEnd < lastLogEnd_) samples_.clear();
    // The moment at which the log *still* had a length counts: the next record was written after it. So an unchanged
    // length moves its sample forward instead of adding one.
    const bool unchanged = !samples_.empty() && samples_.back().logEnd == logEnd;
    const bool close = samples_.size() >= 2 && nowMs - samples_[samples_.size() - 2].timeMs < kStepMs;
    if (unchanged) samples_.back().timeMs = nowMs;
    else if (close) samples_.back() = {nowMs, logEnd};
    else samples_.push_back({nowMs, logEnd});
    if (samples_.size() > kSamples) samples_.pop_front();
    lastLogEnd_ = logEnd;
}

std::optional<std::int64_t> LogEndHistory::lagMs(std::int64_t nowMs, std::int64_t committed) const {
    if (samples_.empty()) return std::nullopt;
    if (committed >= samples_.back().logEnd) return 0;
    // Last sample whose log was no longer than what is committed: the next unread record came right after it.
    const auto above = std::upper_bound(samples_.begin(), samples_.end(), committed,
                                        [](std::int64_t offset, const Sample& sample) { return offset < sample.logEnd; });
    if (above == samples_.begin()) return std::nullopt;
    const Sample& below = *std::prev(above);
    // Between two samples the log is taken to have grown evenly.
    const double part = static_cast<double>(committed - below.logEnd) / static_cast<double>(above->logEnd - below.logEnd);
    const double written = static_cast<double>(below.timeMs) + part * static_cast<double>(above->timeMs - below.timeMs);
    return std::max<std::int64_t>(0, nowMs - static_cast<std::int64_t>(written));
}

} // namespace millrace::metrics
