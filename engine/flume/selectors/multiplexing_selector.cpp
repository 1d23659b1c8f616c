#include "flume/selectors/multiplexing_selector.h"

#include <algorithm>

namespace millrace::flume {

namespace {

bool isBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

} // namespace

const MultiplexingSelector::Targets& MultiplexingSelector::targetsOf(const HeaderSet& headers) const {
    const std::string* value = headers.find(header_);
    if (!value || isBlank(*value)) return others_;
    const auto found = byValue_.find(*value);
    return found == byValue_.end() ? others_ : found->second;
}

void MultiplexingSelector::route(const EventRanges& events, Routes& routes) {
    for (const EventRange& range : events) {
        // Runs of events with one header set go together: mostly that is the whole range.
        for (std::uint32_t first = range.first; first < range.last;) {
            const HeaderSetPtr& set = range.batch->headerSet(first);
            std::uint32_t last = first + 1;
            while (last < range.last && range.batch->headerSet(last) == set)
                ++last;
            const Targets& targets = targetsOf(*set);
            const EventRange run{range.batch, first, last};
            for (const std::size_t channel : targets.required)
                routes.required[channel].push_back(run);
            for (const std::size_t channel : targets.optional)
                routes.optional[channel].push_back(run);
            first = last;
        }
    }
}

} // namespace millrace::flume
