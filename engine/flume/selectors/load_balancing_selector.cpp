#include "flume/selectors/load_balancing_selector.h"

#include "catalog/check_support.h"
#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<std::unique_ptr<Selector>> LoadBalancingSelector::make(Settings& settings, const ComponentServices& services,
                                                              const std::vector<std::string>& channels) {
    const std::string policy = settings.text("policy");
    MILLRACE_TRY(settings.status());
    if (catalog::equalsIgnoringCase(policy, "random"))
        return std::unique_ptr<Selector>(std::make_unique<LoadBalancingSelector>(channels.size(), services.random));
    if (!catalog::equalsIgnoringCase(policy, "round_robin"))
        return Error{ErrorCode::unsupported,
                     fmt::format("selector.policy = {} is not implemented here; round_robin and random are", policy),
                     false};
    return std::unique_ptr<Selector>(std::make_unique<LoadBalancingSelector>(channels.size(), nullptr));
}

void LoadBalancingSelector::route(const EventRanges& events, Routes& routes) {
    for (const EventRange& range : events)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            const std::size_t channel = random_ ? random_->below(channels_) : next_;
            next_ = (channel + 1) % channels_;
            routes.required[channel].push_back({range.batch, i, i + 1});
        }
}

MILLRACE_COMPONENT(LoadBalancingSelector, "org.apache.flume.channel.LoadBalancingChannelSelector",
                   &LoadBalancingSelector::make)

} // namespace millrace::flume
