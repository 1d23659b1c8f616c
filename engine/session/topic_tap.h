#pragma once

#include "broker/broker.h"
#include "session/session.h"

#include <map>
#include <string>

namespace millrace::session {

/// Follows the end of a topic for people who watch: each partition has a cursor; a reader that is too slow jumps to the
/// end and is told how much it missed. One thread.
class TopicTap {
public:
    explicit TopicTap(std::string topic) : topic_(std::move(topic)) {}
    Result<TapPage> read(broker::Broker& broker, std::size_t maxEvents, std::size_t maxBodyBytes);

private:
    static constexpr std::int64_t kFirstLook = 10; ///< records shown of what was there before the tap opened
    std::string topic_;
    std::map<std::int32_t, std::int64_t> next_;
    std::int64_t sequence_ = 0;
};

} // namespace millrace::session
