#include "base/clock.h"

namespace millrace {

MonotonicTime systemNow() { return std::chrono::steady_clock::now(); }

EpochMs systemEpochMs() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace millrace
