#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// A number that one or more threads raise and anyone may read: relaxed, lock-free. Monotonic unless set() is used.
class Counter {
public:
    void add(std::int64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    /// For counters with one writer: a plain load and store, several times cheaper than add().
    void addFromOwner(std::int64_t n) {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    std::int64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// The counters of one component under the names that Flume shows at /metrics (or Kafka in JMX), in that order. The
/// names live as long as the program (declarations). Padded so that two components never share a cache line.
class CounterSet {
public:
    explicit CounterSet(std::span<const std::string_view> names)
        : names_(names.begin(), names.end()), values_(std::make_unique<Counter[]>(names_.size() + kPadding)) {}
    /// The counter called `name`; a spare one that nobody reads when there is none, so that code can count anyway.
    Counter& operator[](std::string_view name) {
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (names_[i] == name) return values_[i];
        return values_[names_.size()];
    }
    std::span<const std::string_view> names() const { return names_; }
    std::int64_t value(std::size_t index) const { return values_[index].get(); }
    /// As Flume: values start again when a component starts.
    void reset() {
        for (std::size_t i = 0; i < names_.size(); ++i) values_[i].set(0);
    }

private:
    static constexpr std::size_t kPadding = 8;
    std::vector<std::string_view> names_;
    std::unique_ptr<Counter[]> values_;
};

} // namespace millrace
