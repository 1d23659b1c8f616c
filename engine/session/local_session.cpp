#include "base/worker_thread.h"
#include "session/issues.h"
#include "session/log_store.h"
#include "session/lookups.h"
#include "session/runtime.h"
#include "session/sampler.h"
#include "session/sentences.h"
#include "session/session.h"

#include <atomic>
#include <condition_variable>
#include <thread>

namespace millrace::session {

namespace {

using std::chrono::milliseconds;

/// Commands run one after another on a thread of their own, looks on another, so that a look at a broker that answers
/// late holds up no command and a long command no look. The caller's thread only ever puts something into a queue.
class LocalSession final : public Session {
public:
    explicit LocalSession(FileSystem& disk)
        : runtime_(disk, log_), lookups_(runtime_, log_), latest_(std::make_shared<const Snapshot>()),
          sampling_([this] { sampleLoop(); }) {}

    ~LocalSession() override {
        runtime_.abort();
        commandThread_.stop();
        lookupThread_.stop();
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        sampling_.join();
    }

    void onAnswer(std::function<void(const Answer&)> listener) override { listener_ = std::move(listener); }
    Capabilities capabilities() const override { return Capabilities::all(); }

    RequestId send(Request request) override {
        const RequestId id = ++lastRequest_;
        if (std::holds_alternative<StopRequest>(request) && stopsPending_.fetch_add(1) > 0) runtime_.abort();
        if (onlyLooks(request)) lookUp(id, std::move(request));
        else
            commandThread_.post([this, id, request = std::move(request)] {
                Answer answer = handled(request);
                publish(); // what the answer speaks of is in the snapshot by the time it is heard
                tell(id, request, std::move(answer));
            });
        return id;
    }

    std::shared_ptr<const Snapshot> snapshot() const override {
        const std::lock_guard lock(mutex_);
        return latest_;
    }
    LogPage logs(std::int64_t after, std::size_t maxLines) const override { return log_.page(after, maxLines); }

private:
    static constexpr milliseconds kSampleEvery{100};
    static constexpr int kMostLooksWaiting = 256;

    void lookUp(RequestId id, Request request) {
        const bool tooMany = looksWaiting_.fetch_add(1) >= kMostLooksWaiting;
        lookupThread_.post([this, id, tooMany, request = std::move(request)] {
            // Those that were asked while many waited cost nothing: who asks so fast has asked again meanwhile.
            Answer answer;
            if (tooMany) answer.issues.push_back(issueOf(sessionError("busy", {}, ErrorCode::timeout), {}));
            else answer = handled(request);
            looksWaiting_.fetch_sub(1);
            tell(id, request, std::move(answer));
        });
    }

    Answer handled(const Request& request) {
        return std::visit([this](const auto& one) { return handle(one); }, request);
    }
    Answer handle(const StartRequest& request) { return runtime_.start(request); }
    Answer handle(const ApplyRequest& request) { return runtime_.apply(request); }
    Answer handle(const StopRequest& request) {
        // The account of the run is taken when all is drained, to the last event.
        Answer answer = runtime_.stop(milliseconds(request.drainMs), [this] { publish(); });
        stopsPending_.fetch_sub(1);
        return answer;
    }
    Answer handle(const StartNodeRequest& request) { return runtime_.startNode(request.node); }
    Answer handle(const StopNodeRequest& request) { return runtime_.stopNode(request.node); }
    Answer handle(const BurstRequest& request) {
        return runtime_.burst(request.traffic, request.perSecond, milliseconds(request.durationMs));
    }
    Answer handle(const TapRequest& request) { return lookups_.handle(request); }
    Answer handle(const ReadLogsRequest& request) { return lookups_.handle(request); }

    void tell(RequestId id, const Request& request, Answer answer) const {
        answer.request = id;
        answer.verb = verbOf(request);
        if (listener_) listener_(answer);
    }

    void publish() {
        const std::lock_guard sampling(samplerMutex_);
        auto next = sampler_.sample(runtime_);
        const std::lock_guard lock(mutex_);
        latest_ = std::move(next);
    }

    void sampleLoop() {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, kSampleEvery, [this] { return ending_; })) {
            // At rest nothing changes: the last snapshot after a stop says so already.
            if (!runtime_.running()) continue;
            lock.unlock();
            publish();
            lock.lock();
        }
    }

    LogStore log_;
    Runtime runtime_;
    Lookups lookups_; ///< the lookup thread's
    std::function<void(const Answer&)> listener_;
    std::atomic<RequestId> lastRequest_{0};
    std::atomic<int> stopsPending_{0};
    std::atomic<int> looksWaiting_{0};
    std::mutex samplerMutex_; ///< held while brokers are looked at: never taken by the caller's thread
    Sampler sampler_;
    mutable std::mutex mutex_; ///< guards latest_ and ending_; never held while anything is waited for
    std::condition_variable wake_;
    std::shared_ptr<const Snapshot> latest_;
    bool ending_ = false;
    WorkerThread commandThread_{"session", WorkerThread::AtEnd::drop};
    WorkerThread lookupThread_{"session-looks", WorkerThread::AtEnd::drop};
    std::thread sampling_;
};

} // namespace

std::unique_ptr<Session> makeLocalSession(FileSystem& disk) {
    return std::make_unique<LocalSession>(disk);
}

} // namespace millrace::session
