#include "counters/counter_set.h"

#include "base/assertion.h"

namespace millrace {

CounterSet::CounterSet(std::span<const std::string_view> shown)
    : values_(std::make_unique<Counter[]>(kFlumeCounters + kPadding)) {
    for (const std::string_view name : shown) {
        const auto counter = flumeCounterNamed(name);
        MILLRACE_ASSERT(counter, "{} is no counter of Flume's", name);
        shown_.push_back(*counter);
    }
}

void CounterSet::reset() {
    for (std::size_t i = 0; i < kFlumeCounters; ++i)
        values_[i].set(0);
}

} // namespace millrace
