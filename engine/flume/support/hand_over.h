#pragma once

#include "flume/wake_up.h"
#include "net/connection.h"
#include "net/event_loop.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace millrace::flume {

/// From the connections of a listening source (on their loop) to its runner. Bounded: a connection that pushes into a
/// full queue is not read any more until the runner has emptied half of it.
template <typename Item>
class HandOver {
public:
    HandOver(std::size_t limit, net::EventLoop& loop, WakeUp& wakeUp) : limit_(limit), loop_(loop), wakeUp_(wakeUp) {}

    /// Loop. `weight`: how much of the limit the item takes up.
    void push(Item item, std::size_t weight, const std::shared_ptr<net::Connection>& from) {
        {
            const std::lock_guard lock(mutex_);
            items_.emplace_back(std::move(item), weight);
            held_ += weight;
            if (held_ >= limit_ && from) {
                from->pauseReading();
                paused_.push_back(from);
            }
        }
        wakeUp_.notify();
    }

    /// Loop; for what nobody can hold back. False, and the item is not taken, when the queue is full.
    bool offer(Item item, std::size_t weight) {
        {
            const std::lock_guard lock(mutex_);
            if (held_ >= limit_) return false;
            items_.emplace_back(std::move(item), weight);
            held_ += weight;
        }
        wakeUp_.notify();
        return true;
    }

    /// Runner.
    std::optional<Item> pop() {
        std::vector<std::weak_ptr<net::Connection>> resumed;
        std::optional<Item> item;
        {
            const std::lock_guard lock(mutex_);
            if (items_.empty()) return item;
            item = std::move(items_.front().first);
            held_ -= items_.front().second;
            items_.pop_front();
            if (held_ <= limit_ / 2) resumed.swap(paused_);
        }
        if (!resumed.empty())
            loop_.post([resumed = std::move(resumed)] {
                for (const auto& waiting : resumed)
                    if (const auto connection = waiting.lock()) connection->resumeReading();
            });
        return item;
    }

    bool empty() const {
        const std::lock_guard lock(mutex_);
        return items_.empty();
    }

private:
    const std::size_t limit_;
    net::EventLoop& loop_;
    WakeUp& wakeUp_;
    mutable std::mutex mutex_;
    std::deque<std::pair<Item, std::size_t>> items_;
    std::size_t held_ = 0;
    std::vector<std::weak_ptr<net::Connection>> paused_;
};

} // namespace millrace::flume
