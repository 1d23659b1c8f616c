#include "flume/runtime/runner.h"

#include <pthread.h>

#include <algorithm>
#include <exception>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

/// Flume's LifecycleSupervisor looks after its components every 3 s.
constexpr auto kStartPause = 3s;

} // namespace

Runner::Runner(std::string threadName, ThreadClock& clock) : threadName_(threadName.substr(0, 15)), wakeUp_(clock) {}

void Runner::launch() {
    join();
    stopping_.store(false);
    stoppingChanged(false);
    aborted_.store(false);
    wakeUp_.allowWaits();
    alive_.store(true);
    thread_ = clock().start([this] { run(); });
}

void Runner::requestFinish() {
    stopping_.store(true);
    stoppingChanged(true);
    wakeUp_.notify();
}

void Runner::abort() {
    aborted_.store(true);
    stopping_.store(true);
    stoppingChanged(true);
    wakeUp_.endWaits();
    // Of a runner that has ended the component may be another's by now.
    if (alive_.load()) interrupt();
}

void Runner::join() {
    if (thread_.joinable()) clock().join(thread_);
}

void Runner::call(const std::function<void()>& fn) {
    {
        std::unique_lock lock(callMutex_);
        if (alive_.load()) {
            calls_.push_back(&fn);
            callsWaiting_.store(true);
            wakeUp_.notify();
            while (std::find(calls_.begin(), calls_.end(), &fn) != calls_.end())
                clock().wait(lock, callDone_);
            return;
        }
    }
    join();
    fn();
}

void Runner::serveCalls() {
    if (!callsWaiting_.load(std::memory_order_relaxed)) return;
    std::unique_lock lock(callMutex_);
    while (!calls_.empty()) {
        const std::function<void()>* fn = calls_.front();
        lock.unlock();
        (*fn)();
        lock.lock();
        calls_.erase(calls_.begin());
        clock().notifyAll(callDone_);
    }
    callsWaiting_.store(false);
}

void Runner::run() {
    pthread_setname_np(pthread_self(), threadName_.c_str());
    started_ = finishing_ = false;
    backoffsInRow_ = 0;
    runCycles();
    if (started_) shutDown();
    {
        // Not alive first, then the last calls: one that came before is served here, one that comes later runs itself.
        const std::lock_guard lock(callMutex_);
        alive_.store(false);
    }
    serveCalls();
}

void Runner::runCycles() {
    for (;;) {
        serveCalls();
        if (stopping_.load(std::memory_order_relaxed)) {
            if (!started_ || aborted_.load()) return;
            if (!finishing_) beginFinish();
            finishing_ = true;
            if (drained()) return;
        }
        if (started_)
            oneCycle();
        else if (startUp())
            started_ = true;
        else
            pauseUntil(clock().now() + kStartPause);
    }
}

void Runner::oneCycle() {
    const Result<Cycle> result = guardedStep();
    if (!result) {
        failed(result.error());
        // The first error of a source or sink resets nothing: Flume counts backoffs only.
        if (const auto pause = errorPause(); pause > 0ms) pauseUntil(clock().now() + pause);
        return;
    }
    if (result->outcome == Cycle::Outcome::backoff) {
        failed(*result->failure);
        pauseUntil(clock().now() + backoffPause(++backoffsInRow_));
        return;
    }
    backoffsInRow_ = 0;
    succeeded();
    if (result->outcome == Cycle::Outcome::idle && !stopping_.load(std::memory_order_relaxed))
        wakeUp_.wait(result->wakeAt);
    else if (result->outcome == Cycle::Outcome::idle && !drained())
        wakeUp_.wait(std::min(result->wakeAt.value_or(MonotonicTime::max()), clock().now() + 50ms));
}

Result<Cycle> Runner::guardedStep() {
    try {
        return step();
    } catch (const std::exception& exception) {
        return Error{ErrorCode::internal, exception.what(), true};
    }
}

void Runner::pauseUntil(MonotonicTime end) {
    aboutToPause();
    // Notifications do not shorten a pause: the cycle after it looks at everything anyway. A changed setting does.
    while (!callsWaiting_.load() && !aborted_.load() && (!stopping_.load() || finishing_) && wakeUp_.wait(end)) {
    }
}

} // namespace millrace::flume
