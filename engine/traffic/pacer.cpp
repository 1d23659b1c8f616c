#include "traffic/pacer.h"

#include <algorithm>
#include <cmath>

namespace millrace::traffic {

std::int64_t Pacer::due(MonotonicTime now, double rate) {
    constexpr double kLongestSeconds = 1.0;
    const double elapsed = std::min(std::chrono::duration<double>(now - last_).count(), kLongestSeconds);
    last_ = now;
    const double exact = fraction_ + elapsed * rate;
    const double whole = std::floor(exact);
    fraction_ = exact - whole;
    return static_cast<std::int64_t>(whole);
}

} // namespace millrace::traffic
