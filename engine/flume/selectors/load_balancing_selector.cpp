#include "flume/selectors/load_balancing_selector.h"

namespace millrace::flume {

void LoadBalancingSelector::route(const EventRanges& events, Routes& routes) {
    for (const EventRange& range : events)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            const std::size_t channel = random_ ? random_->below(channels_) : next_;
            next_ = (channel + 1) % channels_;
            routes.required[channel].push_back({range.batch, i, i + 1});
        }
}

} // namespace millrace::flume
