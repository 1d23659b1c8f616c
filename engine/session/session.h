#pragma once

#include "base/file_system.h"
#include "session/answer.h"
#include "session/requests.h"
#include "session/snapshot.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace millrace::session {

/// A running system, wherever it runs. Requests take text and ids and return at once; what became of them comes as an
/// Answer to the listener, those that only look in their own order among the others. No call waits for a disk, a broker
/// or a network, whatever state the system is in; only the destructor waits until all is at rest, and not for ever. One
/// caller thread.
class Session {
public:
    virtual ~Session() = default; ///< stops without draining; no answer comes any more

    /// Called on threads of the session's: post it to your own. Set once before the first request.
    virtual void onAnswer(std::function<void(const Answer&)> listener) = 0;
    virtual Capabilities capabilities() const = 0;
    /// The id under which the answer comes.
    virtual RequestId send(Request request) = 0;

    /// The newest snapshot; never null (an empty one before the start). Any thread.
    virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
    /// What stands in memory, as ReadLogsRequest.
    virtual LogPage logs(std::int64_t after, std::size_t maxLines) const = 0;

    RequestId start(StartRequest request) { return send(std::move(request)); }
    RequestId apply(ApplyRequest request) { return send(std::move(request)); }
    RequestId stop(std::chrono::milliseconds drainLimit) { return send(StopRequest{drainLimit.count()}); }
    RequestId startNode(std::string id) { return send(StartNodeRequest{std::move(id)}); }
    RequestId stopNode(std::string id) { return send(StopNodeRequest{std::move(id)}); }
    RequestId burst(std::string trafficId, double perSecond, std::chrono::milliseconds duration) {
        return send(BurstRequest{std::move(trafficId), perSecond, duration.count()});
    }
    RequestId tap(TapRequest request) { return send(std::move(request)); }
    RequestId history(HistoryRequest request) { return send(std::move(request)); }
};

/// How long the end of a session is waited for.
constexpr std::chrono::seconds kEndPatience{10};

/// Runs documents in this process: embedded brokers, agents, traffic. When the session ends what runs ends too, for
/// `patience` before the caller's eyes. What a disk that hangs holds up longer ends later, by itself: `disk` is to outlive
/// that.
std::unique_ptr<Session> makeLocalSession(FileSystem& disk, std::chrono::milliseconds patience = kEndPatience);

} // namespace millrace::session
