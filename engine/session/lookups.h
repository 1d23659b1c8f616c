#pragma once

#include "base/clock.h"
#include "session/answer.h"
#include "session/log_store.h"
#include "session/runtime.h"
#include "session/topic_tap.h"

#include <map>
#include <string>
#include <utility>

namespace millrace::session {

/// Answers what only looks: taps of components and topics, and the log. A look at a topic waits for its broker and the
/// disk, so all come from one thread that nobody else needs.
class Lookups {
public:
    /// Both outlive the object.
    Lookups(const Runtime& runtime, const LogStore& log) : runtime_(runtime), log_(log) {}

    Answer handle(const TapRequest& request);
    Answer handle(const ReadLogsRequest& request) const;

private:
    /// A tap of a topic, of that broker only: another one of the same name begins anew.
    struct OpenTap {
        std::weak_ptr<const SharedBroker> broker;
        TopicTap tap;
        MonotonicTime readAt;
    };
    Result<TapPage> tapAgent(const TapRequest& request) const;
    Result<TapPage> tapTopic(const std::string& cluster, const std::string& topic, const TapRequest& request);
    TopicTap& tapOf(const std::string& cluster, const std::string& topic,
                    const std::shared_ptr<const SharedBroker>& broker);

    const Runtime& runtime_;
    const LogStore& log_;
    std::map<std::pair<std::string, std::string>, OpenTap> open_; ///< by cluster and topic
};

} // namespace millrace::session
