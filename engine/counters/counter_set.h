#pragma once

#include "counters/counter.h"
#include "counters/flume_counter.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace millrace {

/// The counters of one component. All of Flume's can be counted; shown are those that its declaration names, in that
/// order. Padded so that two components never share a cache line.
class CounterSet {
public:
    /// As a declaration has them; asserts that Flume knows each.
    explicit CounterSet(std::span<const std::string_view> shown);
    Counter& operator[](FlumeCounter counter) { return values_[static_cast<std::size_t>(counter)]; }
    const Counter& operator[](FlumeCounter counter) const { return values_[static_cast<std::size_t>(counter)]; }
    std::span<const FlumeCounter> shown() const { return shown_; }
    /// As Flume: values start again when a component starts.
    void reset();

private:
    static constexpr std::size_t kPadding = 8;
    std::vector<FlumeCounter> shown_;
    std::unique_ptr<Counter[]> values_;
};

} // namespace millrace
