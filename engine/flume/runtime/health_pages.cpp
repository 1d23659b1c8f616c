#include "flume/runtime/health_pages.h"

#include "base/prometheus_text.h"
#include "counters/flume_counter.h"
#include "flume/support/event_json.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace millrace::flume {

namespace {

constexpr FlumeCounter kGauges[] = {FlumeCounter::openConnections, FlumeCounter::channelSize,
                                    FlumeCounter::channelCapacity, FlumeCounter::open,
                                    FlumeCounter::closed,          FlumeCounter::unhealthy};
/// What is no number, or no count, or can be worked out.
constexpr FlumeCounter kLeftOut[] = {FlumeCounter::channelFillPercentage, FlumeCounter::startTime,
                                     FlumeCounter::stopTime, FlumeCounter::type};

bool contains(std::span<const FlumeCounter> counters, FlumeCounter counter) {
    return std::ranges::find(counters, counter) != counters.end();
}

/// "flume_event_received_total" for "EventReceivedCount".
std::string metricName(FlumeCounter counter) {
    std::string_view name = nameOf(counter);
    if (name.ends_with("Count")) name.remove_suffix(5);
    std::string metric = "flume";
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper) metric += '_';
        metric += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return contains(kGauges, counter) ? metric : metric + "_total";
}

/// All samples of one metric; nothing where no node has one.
template <typename Value>
void append(PrometheusText& page, std::span<const NodeStatus> nodes, const std::string& metric, std::string_view type,
            const std::string& help, Value value) {
    page.metric(metric, type, help);
    for (const NodeStatus& node : nodes) {
        const std::optional<std::string> number = value(node);
        if (!number) continue;
        // Of "web/sources/access": agent, kind and name.
        const std::string_view id = node.id;
        const auto kind = std::min(id.find('/'), id.size() - 1) + 1;
        const auto name = std::min(id.find('/', kind), id.size() - 1) + 1;
        page.sample({{"agent", id.substr(0, kind - 1)},
                     {"kind", id.substr(kind, name - kind - 1)},
                     {"name", id.substr(name)},
                     {"type", node.type}},
                    std::string_view(*number));
    }
}

bool isFailing(const NodeStatus& node) {
    return node.state == NodeState::failing;
}

} // namespace

std::string prometheusPage(std::span<const NodeStatus> nodes) {
    PrometheusText page;
    for (std::size_t i = 0; i < kFlumeCounters; ++i) {
        const auto counter = static_cast<FlumeCounter>(i);
        if (contains(kLeftOut, counter)) continue;
        append(page, nodes, metricName(counter), contains(kGauges, counter) ? "gauge" : "counter",
               fmt::format("Apache Flume's {}.", nameOf(counter)), [&](const NodeStatus& node) {
                   const auto found = std::ranges::find(node.counters, nameOf(counter), &CounterValue::name);
                   return found == node.counters.end() ? std::nullopt : std::optional(std::to_string(found->value));
               });
    }
    append(page, nodes, "flume_start_time_seconds", "gauge", "When the component started, in seconds since 1970.",
           [](const NodeStatus& node) {
               return node.startedMs == 0
                          ? std::nullopt
                          : std::optional(fmt::format("{:.3f}", static_cast<double>(node.startedMs) / 1000));
           });
    append(page, nodes, "flume_failing", "gauge", "1 while the component fails and is tried again.",
           [](const NodeStatus& node) { return std::optional<std::string>(isFailing(node) ? "1" : "0"); });
    return std::move(page).take();
}

bool isHealthy(std::span<const NodeStatus> nodes) {
    return std::ranges::none_of(nodes, isFailing);
}

std::string healthJson(std::span<const NodeStatus> nodes) {
    if (isHealthy(nodes)) return "{\"status\":\"ok\"}\n";
    std::string failing;
    for (const NodeStatus& node : nodes) {
        if (!isFailing(node)) continue;
        failing += failing.empty() ? "{\"node\":" : ",{\"node\":";
        appendJsonString(node.id, failing);
        failing += ",\"reason\":";
        appendJsonString(node.failure.message, failing);
        failing += '}';
    }
    return "{\"status\":\"failing\",\"failing\":[" + failing + "]}\n";
}

} // namespace millrace::flume
