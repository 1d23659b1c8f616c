#pragma once

#include "broker/broker.h"
#include "session/session.h"

#include <deque>
#include <map>
#include <string>

namespace millrace::session {

/// Follows the end of a topic for people who watch: each partition has a cursor, and what it passes is kept for a
/// while, so that each reader gets what is new to him. A reader that is too slow jumps to the end and is told how much
/// he missed. One thread.
class TopicTap {
public:
    explicit TopicTap(std::string topic) : topic_(std::move(topic)) {}
    /// `after`: 0, then the last page's `next`; one that another tap gave is as 0.
    Result<TapPage> read(broker::Broker& broker, std::int64_t after, std::size_t maxEvents, std::size_t maxBodyBytes);

private:
    Status goOn(broker::Broker& broker, std::size_t maxEvents, std::size_t maxBodyBytes);

    static constexpr std::int64_t kFirstLook = 10; ///< records shown of what was there before the tap opened
    std::string topic_;
    std::map<std::int32_t, std::int64_t> next_;
    std::deque<TapEvent> kept_; ///< the newest
    std::int64_t sequence_ = 0; ///< counts what was skipped too
};

} // namespace millrace::session
