#include "flume/runtime/fan_out.h"

#include <chrono>
#include <optional>

namespace millrace::flume {

namespace {

/// An event that is refused sooner, as larger than the whole channel, tells nothing of those behind it.
constexpr std::chrono::milliseconds kLongWait{100};

/// The events as ranges again: neighbours of one batch are one range.
template <typename Singles>
EventRanges joined(const Singles& singles) {
    EventRanges ranges;
    for (const auto* single : singles) {
        const EventRange& event = single->event;
        if (!ranges.empty() && ranges.back().batch == event.batch && ranges.back().last == event.first)
            ranges.back().last = event.last;
        else
            ranges.push_back(event);
    }
    return ranges;
}

} // namespace

Result<std::vector<FanOut::Single>> FanOut::intercepted(const EventRange& range) {
    std::vector<Single> singles;
    const auto add = [&](const EventRanges& events, std::size_t place, std::size_t step) {
        for (const EventRange& left : events)
            for (std::uint32_t i = left.first; i < left.last; ++i, place += step)
                singles.push_back({{left.batch, i, i + 1}, place});
    };
    EventRanges together{range};
    MILLRACE_TRY(intercept(together));
    if (eventCount(together) == range.size()) {
        add(together, 0, 1);
        return singles;
    }
    // Some were dropped: one by one shows which.
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        EventRanges alone{{range.batch, i, i + 1}};
        MILLRACE_TRY(intercept(alone));
        add(alone, i - range.first, 0);
    }
    return singles;
}

void FanOut::writeEach(Outlet& outlet, std::span<const Single* const> singles, std::vector<Status>& outcomes) {
    if (singles.empty()) return;
    const EventRanges events = joined(singles);
    const Status together = write(outlet, events);
    if (together) return;
    if (singles.size() == 1) {
        outcomes[singles.front()->place] = together;
        return;
    }
    std::optional<Status> inVain; // after a wait for room: each of the others would wait as long
    for (const Single* single : singles) {
        Status& outcome = outcomes[single->place];
        if (inVain) {
            outcome = *inVain;
            continue;
        }
        const MonotonicTime begin = clock_.now();
        outcome = write(outlet, {&single->event, 1});
        if (!outcome && outcome.error().code == ErrorCode::full && clock_.now() - begin >= kLongWait) inVain = outcome;
    }
}

std::vector<Status> FanOut::processEach(const EventRange& range) {
    forgetRefused();
    std::vector<Status> outcomes(range.size(), ok());
    const auto intercepted = this->intercepted(range);
    if (!intercepted) return std::vector<Status>(range.size(), intercepted.error());
    const std::vector<Single>& singles = *intercepted;
    struct Due {
        std::vector<const Single*> required, optional;
    };
    std::vector<Due> due(outlets_.size());
    for (const Single& single : singles) {
        tap_.record({&single.event, 1});
        routes_.reset(outlets_.size());
        selector_->route(EventRanges{single.event}, routes_);
        for (std::size_t i = 0; i < outlets_.size(); ++i) {
            if (!routes_.required[i].empty()) due[i].required.push_back(&single);
            if (!routes_.optional[i].empty()) due[i].optional.push_back(&single);
        }
    }
    routes_.reset(outlets_.size()); // keeps no batch alive until the next one
    const auto refused = [&](const Single* single) { return !outcomes[single->place]; };
    for (std::size_t i = 0; i < outlets_.size(); ++i) {
        std::erase_if(due[i].required, refused);
        writeEach(outlets_[i], due[i].required, outcomes);
    }
    const bool held = heldUp();
    for (std::size_t i = 0; i < outlets_.size(); ++i) {
        std::erase_if(due[i].optional, refused);
        std::vector<Status> told(range.size(), ok());
        writeEach(outlets_[i], due[i].optional, told);
        for (const Status& status : told)
            if (!status) logOptional(status.error());
    }
    heldUp_.store(held, std::memory_order_relaxed); // a full optional channel holds nobody up
    return outcomes;
}

} // namespace millrace::flume
