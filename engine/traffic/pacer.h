#pragma once

#include "base/clock.h"

#include <cstdint>

namespace millrace::traffic {

/// How many events are due, for a rate that may change at any time. What could not be made within a second is not made
/// up for, so that a pause is not followed by a flood.
class Pacer {
public:
    explicit Pacer(MonotonicTime now) : last_(now) {}
    /// Events due since the last call at `rate` a second.
    std::int64_t due(MonotonicTime now, double rate);
    void skipTo(MonotonicTime now) { last_ = now; }

private:
    MonotonicTime last_;
    double fraction_ = 0; ///< of the next event
};

} // namespace millrace::traffic
