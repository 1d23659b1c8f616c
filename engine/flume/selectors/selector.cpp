#include "flume/selectors/selector.h"

#include "catalog/check_support.h"
#include "flume/selectors/channel_names.h"
#include "flume/selectors/load_balancing_selector.h"
#include "flume/selectors/multiplexing_selector.h"
#include "flume/selectors/replicating_selector.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {

namespace {

using Selectors = Result<std::unique_ptr<Selector>>;

Selectors makeReplicating(Settings& settings, const std::vector<std::string>& channels) {
    std::vector<bool> optional(channels.size(), false);
    auto listed = channelPlaces(settings.text("optional"), channels, "selector.optional");
    if (!listed) return listed.error();
    for (const std::size_t place : *listed)
        optional[place] = true;
    return std::unique_ptr<Selector>(std::make_unique<ReplicatingSelector>(std::move(optional)));
}

Selectors makeMultiplexing(Settings& settings, const std::vector<std::string>& channels) {
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
    return std::unique_ptr<Selector>(
        std::make_unique<MultiplexingSelector>(header, std::move(byValue), Targets{std::move(*others), {}}));
}

Selectors makeLoadBalancing(Settings& settings, const std::vector<std::string>& channels) {
    const std::string policy = settings.text("policy");
    if (catalog::equalsIgnoringCase(policy, "random"))
        return std::unique_ptr<Selector>(std::make_unique<LoadBalancingSelector>(channels.size(), systemRandom()));
    if (!catalog::equalsIgnoringCase(policy, "round_robin"))
        return Error{ErrorCode::unsupported,
                     fmt::format("selector.policy = {} is not implemented here; round_robin and random are", policy),
                     false};
    return std::unique_ptr<Selector>(std::make_unique<LoadBalancingSelector>(channels.size(), nullptr));
}

} // namespace

void Routes::reset(std::size_t channels) {
    required.resize(channels);
    optional.resize(channels);
    for (EventRanges& ranges : required)
        ranges.clear();
    for (EventRanges& ranges : optional)
        ranges.clear();
}

Result<std::unique_ptr<Selector>> makeSelector(const catalog::Properties& properties,
                                               const std::vector<std::string>& channels) {
    const catalog::Properties own = below(properties, "selector.");
    const auto given = own.find("type");
    const std::string type = given == own.end() ? "replicating" : given->second;
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::channelSelector, type);
    if (!spec)
        return Error{ErrorCode::unsupported, fmt::format("selector.type = {} is not implemented here", type), false};
    Settings settings(*spec, own, "selector");
    return makeSelector(settings, channels);
}

Result<std::unique_ptr<Selector>> makeSelector(Settings& settings, const std::vector<std::string>& channels) {
    Selectors selector =
        Error{ErrorCode::unsupported, fmt::format("selector {} is not implemented here", settings.spec().title), false};
    if (settings.spec().alias == "replicating")
        selector = makeReplicating(settings, channels);
    else if (settings.spec().alias == "multiplexing")
        selector = makeMultiplexing(settings, channels);
    else if (settings.spec().alias == "load_balancing")
        selector = makeLoadBalancing(settings, channels);
    if (selector) MILLRACE_TRY(settings.status());
    return selector;
}

} // namespace millrace::flume
