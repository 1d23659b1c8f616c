#pragma once

#include <atomic>
#include <cstdint>

namespace millrace::broker {

/// A number that only grows; written by the broker's loop, read by samplers on other threads.
class Counter {
public:
    void add(std::uint64_t n) { value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// What Kafka's MessagesInPerSec, BytesInPerSec and BytesOutPerSec count. Records out are counted by whole batches, as
/// they are sent: a client that starts in the middle of a batch drops the records before.
struct TrafficCounters {
    Counter recordsIn, bytesIn, recordsOut, bytesOut;
    Counter produceRequests, fetchRequests, failedRequests;
};

} // namespace millrace::broker
