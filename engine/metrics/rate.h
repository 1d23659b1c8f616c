#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace millrace::metrics {

/// How fast a counter rises, over about the last second. Of one that began less than a second ago: what it counted
/// since, over a whole second, so that its first batch is no peak. Holds what it saw of that second, some dozen values.
/// One thread.
class Rate {
public:
    /// `value` as seen at `nowUs` of a steady clock, later than the last time; absent: nobody tells it now, and what
    /// was seen is forgotten. Another `start`, or a smaller value, is a counter that began again: at 0, `ageUs` ago,
    /// where that is known.
    void observe(std::int64_t nowUs, std::optional<std::int64_t> value, std::int64_t start = 0,
                 std::optional<std::int64_t> ageUs = {});
    /// Absent after the first value of a counter whose beginning is not known.
    std::optional<double> perSecond() const;

private:
    struct Sample {
        std::int64_t timeUs, value;
    };
    std::vector<Sample> samples_; ///< oldest first; the first one is a second old, unless there is none so old
    std::int64_t start_ = 0;
    bool fromTheStart_ = false; ///< the first sample is the counter's beginning
};

} // namespace millrace::metrics
