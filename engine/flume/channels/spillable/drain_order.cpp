#include "flume/channels/spillable/drain_order.h"

#include <algorithm>

namespace millrace::flume {

void DrainOrder::append(Run run) {
    if (run.events == 0) return;
    if (!runs_.empty() && runs_.back().place == run.place)
        runs_.back().events += run.events;
    else
        runs_.push_back(run);
}

DrainOrder::Run DrainOrder::claim(std::size_t maxEvents) {
    if (runs_.empty()) return {};
    Run& head = runs_.front();
    const Run claimed{head.place, std::min(head.events, maxEvents)};
    head.events -= claimed.events;
    if (head.events == 0) runs_.pop_front();
    return claimed;
}

void DrainOrder::giveBack(Run run) {
    if (run.events == 0) return;
    if (!runs_.empty() && runs_.front().place == run.place)
        runs_.front().events += run.events;
    else
        runs_.push_front(run);
}

} // namespace millrace::flume
