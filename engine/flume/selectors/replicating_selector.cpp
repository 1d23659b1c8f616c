#include "flume/selectors/replicating_selector.h"

#include <algorithm>

namespace millrace::flume {

ReplicatingSelector::ReplicatingSelector(std::vector<bool> optional)
    : optional_(std::move(optional)),
      allRequired_(std::none_of(optional_.begin(), optional_.end(), [](bool o) { return o; })) {}

void ReplicatingSelector::route(const EventRanges& events, Routes& routes) {
    for (std::size_t i = 0; i < optional_.size(); ++i)
        (optional_[i] ? routes.optional : routes.required)[i] = events;
}

} // namespace millrace::flume
