#include "flume/runtime/metrics_json.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace millrace::flume {

namespace {

std::string jsonString(std::string_view text) {
    return boost::json::serialize(boost::json::value(boost::json::string(text)));
}

/// Fill level in percent; where a channel has no capacity Flume divides by zero and shows the largest double.
double fillPercentage(const ChannelLevel& level) {
    if (level.capacity == 0) return std::numeric_limits<double>::max();
    return static_cast<double>(level.events) / static_cast<double>(level.capacity) * 100;
}

} // namespace

std::string javaDouble(double value) {
    char text[64];
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-3 && size < 1e7);
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    std::string digits(text, std::to_chars(text, text + sizeof text, value, format).ptr);
    std::string exponent;
    if (const std::size_t e = digits.find('e'); e != std::string::npos) {
        exponent = fmt::format("E{}", std::stoi(digits.substr(e + 1)));
        digits.resize(e);
    }
    if (digits.find('.') == std::string::npos) digits += ".0";
    return digits + exponent;
}

void MetricsJson::add(std::string_view kind, const catalog::ComponentConfig& config, const CounterSet& counters,
                      const NodeHealth::Reading& reading, const ChannelLevel& level) {
    if (config.spec->counters.empty()) return;
    std::string values;
    for (const FlumeCounter counter : counters.shown()) {
        std::string value;
        if (counter == FlumeCounter::type)
            value = kind;
        else if (counter == FlumeCounter::startTime)
            value = std::to_string(reading.startedMs);
        else if (counter == FlumeCounter::stopTime)
            value = std::to_string(reading.stoppedMs);
        else if (counter == FlumeCounter::channelFillPercentage)
            value = javaDouble(fillPercentage(level));
        else if (counter == FlumeCounter::open)
            value = counters[counter].get() != 0 ? "true" : "false";
        else
            value = std::to_string(counters[counter].get());
        values += fmt::format("{}{}:{}", values.empty() ? "" : ",", jsonString(nameOf(counter)), jsonString(value));
    }
    members_ += fmt::format("{}{}:{{{}}}", members_.empty() ? "" : ",", jsonString(fmt::format("{}.{}", kind, config.name)),
                            values);
}

std::string MetricsJson::text() const {
    return "{" + members_ + "}";
}

} // namespace millrace::flume
