#pragma once

#include "base/clock.h"
#include "session/answer.h"
#include "session/history_recorder.h"
#include "session/log_store.h"
#include "session/runtime.h"
#include "session/topic_tap.h"

#include <map>
#include <string>
#include <utility>

namespace millrace::session {

/// Answers what only looks. A tap of a topic waits for its broker and the disk, so all taps come from one thread that
/// nobody else needs; what stands in memory, the log and the history, may come from any.
class Lookups {
public:
    /// All outlive the object.
    Lookups(const Runtime& runtime, const LogStore& log, const HistoryRecorder& history)
        : runtime_(runtime), log_(log), history_(history) {}

    Answer handle(const TapRequest& request);
    Answer handle(const ReadLogsRequest& request) const;
    Answer handle(const HistoryRequest& request) const;

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
    const HistoryRecorder& history_;
    std::map<std::pair<std::string, std::string>, OpenTap> open_; ///< by cluster and topic
};

} // namespace millrace::session
