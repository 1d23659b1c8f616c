#include "session/local_run.h"

#include "session/issues.h"
#include "session/sentences.h"

#include <chrono>
#include <utility>

namespace millrace::session {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSampleEvery{100};
constexpr int kMostLooksWaiting = 256;

} // namespace

LocalRun::LocalRun(FileSystem& disk)
    : runtime_(disk, log_),
      lookups_(runtime_, log_, history_),
      latest_(std::make_shared<const Snapshot>()),
      sampling_([this] { sampleLoop(); }) {}

LocalRun::~LocalRun() {
    fallSilent();
    commandThread_.stop();
    taps_.thread.stop();
    memory_.thread.stop();
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    sampling_.join();
}

void LocalRun::fallSilent() {
    onAnswer({});
    runtime_.abort();
}

void LocalRun::onAnswer(std::function<void(const Answer&)> listener) {
    const std::lock_guard lock(listenerMutex_);
    listener_ = std::move(listener);
}

RequestId LocalRun::send(Request request) {
    const RequestId id = ++lastRequest_;
    if (std::holds_alternative<StopRequest>(request) && stopsPending_.fetch_add(1) > 0) runtime_.abort();
    if (onlyLooks(request)) {
        Lane& lane = isRemembered(request) ? memory_ : taps_;
        look(lane, id, std::move(request));
        return id;
    }
    commandThread_.post([this, id, request = std::move(request)] {
        Answer answer = handled(request);
        publish(); // what the answer speaks of is in the snapshot by the time it is heard
        tell(id, request, std::move(answer));
    });
    return id;
}

void LocalRun::look(Lane& lane, RequestId id, Request request) {
    const bool tooMany = lane.waiting.fetch_add(1) >= kMostLooksWaiting;
    lane.thread.post([this, &lane, id, tooMany, request = std::move(request)] {
        // Those that were asked while many waited cost nothing: who asks so fast has asked again meanwhile.
        Answer answer;
        if (tooMany)
            answer.issues.push_back(issueOf(sessionError("busy", {}, ErrorCode::timeout), {}));
        else
            answer = handled(request);
        lane.waiting.fetch_sub(1);
        tell(id, request, std::move(answer));
    });
}

Answer LocalRun::handled(const Request& request) {
    return std::visit([this](const auto& one) { return handle(one); }, request);
}

Answer LocalRun::handle(const StartRequest& request) {
    history_.rename(request.renames);
    return runtime_.start(request);
}

Answer LocalRun::handle(const ApplyRequest& request) {
    Answer answer = runtime_.apply(request);
    if (answer.ok) history_.rename(request.renames);
    return answer;
}

Answer LocalRun::handle(const StopRequest& request) {
    // The account of the run is taken when all is drained, to the last event.
    Answer answer = runtime_.stop(milliseconds(request.drainMs), [this] { publish(); });
    stopsPending_.fetch_sub(1);
    return answer;
}

Answer LocalRun::handle(const BurstRequest& request) {
    return runtime_.burst(request.traffic, request.perSecond, milliseconds(request.durationMs));
}

void LocalRun::tell(RequestId id, const Request& request, Answer answer) {
    answer.request = id;
    answer.verb = verbOf(request);
    const std::lock_guard lock(listenerMutex_);
    if (listener_) listener_(answer);
}

std::shared_ptr<const Snapshot> LocalRun::snapshot() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

void LocalRun::publish() {
    const std::lock_guard sampling(samplerMutex_);
    auto next = sampler_.sample(runtime_);
    history_.add(*next);
    const std::lock_guard lock(mutex_);
    latest_ = std::move(next);
}

void LocalRun::sampleLoop() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kSampleEvery, [this] { return ending_; })) {
        // At rest nothing changes: the last snapshot after a stop says so already.
        if (!runtime_.running()) continue;
        lock.unlock();
        publish();
        lock.lock();
    }
}

} // namespace millrace::session
