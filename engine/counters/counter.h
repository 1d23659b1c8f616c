#pragma once

#include <atomic>
#include <cstdint>

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

} // namespace millrace
