#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace millrace {

/// Writes the text format of Prometheus, version 0.0.4: metrics one after the other, the samples of each together.
class PrometheusText {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    static constexpr const char* kContentType = "text/plain;version=0.0.4;charset=utf-8";

    /// Begins a metric, of which nothing is written before its first sample. The texts outlive the samples; `type` is
    /// "counter" or "gauge".
    void metric(std::string_view name, std::string_view type, std::string_view help);
    /// One sample of it. Bytes of a label that are no UTF-8 are replaced, which Prometheus would refuse.
    void sample(Labels labels, std::string_view value);
    /// As a whole number, or with as many digits as the value needs.
    void sample(Labels labels, auto value) { sample(labels, std::string_view(numberText(value))); }

    std::string take() && { return std::move(text_); }

private:
    static std::string numberText(double value);
    static std::string numberText(std::int64_t value) { return std::to_string(value); }
    static std::string numberText(std::uint64_t value) { return std::to_string(value); }
    static std::string numberText(std::int32_t value) { return std::to_string(value); }

    std::string text_;
    std::string_view name_, type_, help_;
    bool begun_ = false;
};

} // namespace millrace
