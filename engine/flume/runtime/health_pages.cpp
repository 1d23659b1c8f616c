#include "flume/runtime/health_pages.h"

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

std::string escaped(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        text += c == '\n' ? "\\n" : std::string(1, c);
    }
    return text;
}

/// Of "web/sources/access": agent, kind and name.
std::string labelsOf(const NodeStatus& node) {
    const std::string_view id = node.id;
    const auto kind = std::min(id.find('/'), id.size() - 1) + 1;
    const auto name = std::min(id.find('/', kind), id.size() - 1) + 1;
    return fmt::format("{{agent=\"{}\",kind=\"{}\",name=\"{}\",type=\"{}\"}}", escaped(id.substr(0, kind - 1)),
                       escaped(id.substr(kind, name - kind - 1)), escaped(id.substr(name)), escaped(node.type));
}

/// All samples of one metric, which have to stand together; nothing where no node has one.
template <typename Value>
void append(std::string& page, std::span<const NodeStatus> nodes, const std::string& metric, std::string_view type,
            std::string_view help, Value value) {
    std::string samples;
    for (const NodeStatus& node : nodes)
        if (const std::optional<std::string> number = value(node))
            samples += fmt::format("{}{} {}\n", metric, labelsOf(node), *number);
    if (samples.empty()) return;
    page += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{3}", metric, help, type, samples);
}

bool isFailing(const NodeStatus& node) {
    return node.state == NodeState::failing;
}

} // namespace

std::string prometheusPage(std::span<const NodeStatus> nodes) {
    std::string page;
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
    return page;
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
