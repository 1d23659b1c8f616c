#include "flume/selectors/replicating_selector.h"

#include "flume/registry.h"
#include "flume/selectors/channel_names.h"

#include <algorithm>

namespace millrace::flume {

Result<std::unique_ptr<Selector>> ReplicatingSelector::make(Settings& settings, const ComponentServices&,
                                                            const std::vector<std::string>& channels) {
    std::vector<bool> optional(channels.size(), false);
    auto listed = channelPlaces(settings.text("optional"), channels, "selector.optional");
    if (!listed) return listed.error();
    for (const std::size_t place : *listed)
        optional[place] = true;
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Selector>(std::make_unique<ReplicatingSelector>(std::move(optional)));
}

ReplicatingSelector::ReplicatingSelector(std::vector<bool> optional)
    : optional_(std::move(optional)),
      allRequired_(std::none_of(optional_.begin(), optional_.end(), [](bool o) { return o; })) {}

void ReplicatingSelector::route(const EventRanges& events, Routes& routes) {
    for (std::size_t i = 0; i < optional_.size(); ++i)
        (optional_[i] ? routes.optional : routes.required)[i] = events;
}

MILLRACE_COMPONENT(ReplicatingSelector, "org.apache.flume.channel.ReplicatingChannelSelector",
                   &ReplicatingSelector::make)

} // namespace millrace::flume
