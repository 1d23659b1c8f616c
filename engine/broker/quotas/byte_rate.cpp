#include "broker/quotas/byte_rate.h"

#include <algorithm>
#include <cmath>

namespace millrace::broker {

using std::chrono::milliseconds;

void ByteRate::record(double bytes, MonotonicTime now) {
    if (samples_.empty() || now - samples_.back().began >= kSample) samples_.push_back({now, now, 0});
    if (samples_.size() > kSamples) samples_.pop_front();
    samples_.back().bytes += bytes;
    samples_.back().last = now;
}

double ByteRate::perSecond(MonotonicTime now) {
    forgetOld(now);
    double bytes = 0;
    for (const Sample& sample : samples_)
        bytes += sample.bytes;
    return bytes * 1000 / double(window(now).count());
}

milliseconds ByteRate::delay(double bytesPerSecond, MonotonicTime now) {
    const double excess = perSecond(now) - bytesPerSecond;
    if (excess <= 0) return milliseconds(0);
    constexpr double kMost = 24.0 * 3600 * 1000; // a number that every client can hold, of a limit that is next to none
    return milliseconds(std::llround(std::min(excess / bytesPerSecond * double(window(now).count()), kMost)));
}

bool ByteRate::idle(MonotonicTime now) const {
    return samples_.empty() || now - samples_.back().last >= kSamples * kSample;
}

void ByteRate::forgetOld(MonotonicTime now) {
    while (!samples_.empty() && now - samples_.front().last >= kSamples * kSample)
        samples_.pop_front();
}

milliseconds ByteRate::window(MonotonicTime now) const {
    constexpr milliseconds kSampleMs = kSample;
    const auto elapsed =
        samples_.empty() ? milliseconds(0) : std::chrono::duration_cast<milliseconds>(now - samples_.front().began);
    constexpr auto kLeast = static_cast<std::int64_t>(kSamples) - 1;
    const auto missing = std::max<std::int64_t>(kLeast - elapsed / kSampleMs, 0);
    return std::max(elapsed + missing * kSampleMs, kSampleMs);
}

} // namespace millrace::broker
