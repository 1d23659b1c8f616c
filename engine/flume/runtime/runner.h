#pragma once

#include "base/log.h"
#include "flume/component.h"
#include "flume/wake_up.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace millrace::flume {

/// The thread of one source, sink or sink group: starts its component and tries again every 3 s when that fails
/// (Flume's LifecycleSupervisor), then calls it over and over by Flume's rules for pauses. It sleeps on its wake-up
/// only.
///
/// All public calls from the agent's thread, except where noted.
class Runner {
public:
    Runner(std::string threadName, ThreadClock& clock);
    /// The derived class has ended the thread: abort() and join() in its destructor.
    virtual ~Runner() = default;
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void launch();
    /// Asks to end: reading stops, what was received is still delivered.
    void requestFinish();
    /// Asks to end now: waits inside channels end too. Any thread.
    void abort();
    bool alive() const { return alive_.load(); } ///< any thread
    void join();
    /// Runs `fn` on the thread between two cycles and returns after it; at once on this thread when none runs.
    void call(const std::function<void()>& fn);

    WakeUp& wakeUp() { return wakeUp_; }
    /// For ComponentServices::stopping.
    const std::atomic<bool>& stopping() const { return stopping_; }
    /// Someone waits for the thread: a step that tries one thing after the other ends early. Any thread.
    bool interrupted() const { return stopping_.load() || callsWaiting_.load(); }

protected:
    /// Opens the component; called again after kStartPause when it fails.
    virtual bool startUp() = 0;
    virtual Result<Cycle> step() = 0;
    /// The component shall read no more; called once before drained() is asked.
    virtual void beginFinish() = 0;
    virtual bool drained() const = 0;
    virtual void shutDown() = 0;
    /// The outcome of a step, for health and logs.
    virtual void succeeded() = 0;
    virtual void failed(const Error& failure) = 0;
    /// Flume's pauses: after the n-th backoff in a row, and after an error (an exception in Flume).
    virtual std::chrono::milliseconds backoffPause(int inRow) const = 0;
    virtual std::chrono::milliseconds errorPause() const = 0;
    /// Waits of the component itself end too. From the thread that calls abort().
    virtual void interrupt() {}
    /// The owner of ComponentServices::stopping may be another than stopping(). From the calling thread.
    virtual void stoppingChanged(bool) {}
    /// The runner is about to pause although it may have been woken for something.
    virtual void aboutToPause() {}
    ThreadClock& clock() const { return wakeUp_.clock(); }

private:
    void run();
    void runCycles();
    void oneCycle();
    void pauseUntil(MonotonicTime end);
    void serveCalls();
    Result<Cycle> guardedStep();

    const std::string threadName_;
    WakeUp wakeUp_;
    std::thread thread_;
    std::atomic<bool> alive_{false};
    std::atomic<bool> stopping_{false}; ///< finish or abort
    std::atomic<bool> aborted_{false};
    bool started_ = false;   ///< runner thread
    bool finishing_ = false; ///< runner thread
    int backoffsInRow_ = 0;  ///< runner thread

    std::mutex callMutex_;
    std::condition_variable callDone_;
    std::vector<const std::function<void()>*> calls_;
    std::atomic<bool> callsWaiting_{false};
};

} // namespace millrace::flume
