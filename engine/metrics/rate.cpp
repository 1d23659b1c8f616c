#include "metrics/rate.h"

#include <algorithm>

namespace millrace::metrics {

namespace {
constexpr std::int64_t kWindowUs = 1'000'000;
constexpr std::int64_t kYoungUs = 2 * kWindowUs; ///< of an older counter nobody knows how it counted before
} // namespace

void Rate::observe(std::int64_t nowUs, std::optional<std::int64_t> value, std::int64_t start,
                   std::optional<std::int64_t> ageUs) {
    if (!value) return samples_.clear();
    if (samples_.empty() || start != start_ || *value < samples_.back().value) {
        samples_.clear();
        start_ = start;
        fromTheStart_ = ageUs && *ageUs > 0 && *ageUs <= kYoungUs;
        if (fromTheStart_) samples_.push_back({nowUs - *ageUs, 0});
    }
    samples_.push_back({nowUs, *value});
    const auto recent =
        std::find_if(samples_.begin(), samples_.end(), [&](const Sample& s) { return s.timeUs > nowUs - kWindowUs; });
    if (recent - samples_.begin() < 2) return;
    samples_.erase(samples_.begin(), recent - 1);
    fromTheStart_ = false;
}

std::optional<double> Rate::perSecond() const {
    if (samples_.size() < 2) return std::nullopt;
    const std::int64_t seen = samples_.back().timeUs - samples_.front().timeUs;
    const std::int64_t over = fromTheStart_ ? std::max(seen, kWindowUs) : seen;
    return static_cast<double>(samples_.back().value - samples_.front().value) * 1e6 / static_cast<double>(over);
}

} // namespace millrace::metrics
