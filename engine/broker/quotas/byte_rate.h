#pragma once

#include "base/clock.h"

#include <chrono>
#include <deque>

namespace millrace::broker {

/// Bytes a second over Kafka's window of eleven samples of a second each (quota.window.num, quota.window.size.seconds).
class ByteRate {
public:
    static constexpr std::chrono::seconds kSample{1};
    static constexpr std::size_t kSamples = 11;

    /// Negative: takes back what was recorded.
    void record(double bytes, MonotonicTime now);
    double perSecond(MonotonicTime now);
    /// How long a client has to be silent for the rate to come down to the limit; 0 when it is not above.
    std::chrono::milliseconds delay(double bytesPerSecond, MonotonicTime now);
    /// Nothing that counts any more.
    bool idle(MonotonicTime now) const;

private:
    struct Sample {
        MonotonicTime began;
        MonotonicTime last; ///< when something was recorded in it
        double bytes = 0;
    };
    void forgetOld(MonotonicTime now);
    /// Never shorter than all samples but the one that fills: the first bytes of a client are no burst.
    std::chrono::milliseconds window(MonotonicTime now) const;

    std::deque<Sample> samples_;
};

} // namespace millrace::broker
