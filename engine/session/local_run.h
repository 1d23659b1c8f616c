#pragma once

#include "base/worker_thread.h"
#include "session/history_recorder.h"
#include "session/log_store.h"
#include "session/lookups.h"
#include "session/runtime.h"
#include "session/sampler.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace millrace::session {

/// A run in this process with its threads. Commands run one after another on one of them, taps on a second, so that a
/// look at a broker that answers late holds up no command and a long command no look; what stands in memory is read on
/// a third; the fourth takes a snapshot every 100 ms. The caller's thread only ever puts something into a queue.
class LocalRun {
public:
    explicit LocalRun(FileSystem& disk);
    ~LocalRun(); ///< waits for whatever is under way

    void onAnswer(std::function<void(const Answer&)> listener);
    RequestId send(Request request);
    std::shared_ptr<const Snapshot> snapshot() const;
    LogPage logs(std::int64_t after, std::size_t maxLines) const { return log_.page(after, maxLines); }
    /// The listener is called no more once this returns, and a stop that drains is cut short.
    void fallSilent();

private:
    /// A thread for requests that only look.
    struct Lane {
        explicit Lane(const char* name) : thread(name, WorkerThread::AtEnd::drop) {}
        std::atomic<int> waiting{0};
        WorkerThread thread;
    };

    void look(Lane& lane, RequestId id, Request request);
    Answer handled(const Request& request);
    Answer handle(const StartRequest& request);
    Answer handle(const ApplyRequest& request);
    Answer handle(const StopRequest& request);
    Answer handle(const StartNodeRequest& request) { return runtime_.startNode(request.node); }
    Answer handle(const StopNodeRequest& request) { return runtime_.stopNode(request.node); }
    Answer handle(const BurstRequest& request);
    Answer handle(const TapRequest& request) { return lookups_.handle(request); }
    Answer handle(const ReadLogsRequest& request) { return lookups_.handle(request); }
    Answer handle(const HistoryRequest& request) { return lookups_.handle(request); }
    void tell(RequestId id, const Request& request, Answer answer);
    void publish();
    void sampleLoop();

    LogStore log_;
    Runtime runtime_;
    HistoryRecorder history_;
    Lookups lookups_;
    std::mutex listenerMutex_; ///< held while the listener is called
    std::function<void(const Answer&)> listener_;
    std::atomic<RequestId> lastRequest_{0};
    std::atomic<int> stopsPending_{0};
    std::mutex samplerMutex_; ///< held while brokers are asked: never taken by the caller's thread
    Sampler sampler_;
    mutable std::mutex mutex_; ///< guards latest_ and ending_; never held while anything is waited for
    std::condition_variable wake_;
    std::shared_ptr<const Snapshot> latest_;
    bool ending_ = false;
    WorkerThread commandThread_{"session", WorkerThread::AtEnd::drop};
    Lane taps_{"session-taps"}, memory_{"session-memory"};
    std::thread sampling_;
};

} // namespace millrace::session
