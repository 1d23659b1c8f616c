#include "flume/selectors/multiplexing_selector.h"

#include "flume/registry.h"
#include "flume/selectors/channel_names.h"

#include <algorithm>

namespace millrace::flume {

namespace {

bool isBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

} // namespace

Result<std::unique_ptr<Selector>> MultiplexingSelector::make(Settings& settings, const ComponentServices&,
                                                             const std::vector<std::string>& channels) {
    using Targets = MultiplexingSelector::Targets;
    const std::string header = settings.text("header");
    auto others = channelPlaces(settings.text("default"), channels, "selector.default");
    if (!others) return others.error();
    std::map<std::string, Targets, std::less<>> byValue;
    for (const auto& [value, list] : settings.group("mapping")) {
        auto places = channelPlaces(list, channels, "selector.mapping." + value);
        if (!places) return places.error();
        byValue[value].required = std::move(*places);
    }
    for (const auto& [value, list] : settings.group("optional")) {
        auto places = channelPlaces(list, channels, "selector.optional." + value);
        if (!places) return places.error();
        // A value with optional channels only gets the default ones as its required channels.
        Targets& targets = byValue.try_emplace(value, Targets{*others, {}}).first->second;
        for (const std::size_t place : *places)
            if (std::find(targets.required.begin(), targets.required.end(), place) == targets.required.end())
                targets.optional.push_back(place);
    }
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Selector>(
        std::make_unique<MultiplexingSelector>(header, std::move(byValue), Targets{std::move(*others), {}}));
}

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

MILLRACE_COMPONENT(MultiplexingSelector, "org.apache.flume.channel.MultiplexingChannelSelector",
                   &MultiplexingSelector::make)

} // namespace millrace::flume
