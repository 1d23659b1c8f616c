#pragma once

#include "base/thread_clock.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <list>
#include <mutex>

namespace millrace {

/// Time that moves only when every thread waits, and threads that run one at a time, in the order in which they were
/// woken: a test runs a whole agent without sleeping, the same way each time.
///
/// Belongs to the thread that makes it, which runs until it waits itself: in advance(), or in a wait or join of what it
/// tests. Then the others run, and when all wait the time goes on to the earliest deadline. Threads that this clock has
/// not started may call now() and notifyAll() only. Outlives its threads.
class ManualThreadClock final : public ThreadClock {
public:
    ManualThreadClock();

    /// Lets the others run for so long of their time; they all wait when it returns.
    void advance(std::chrono::milliseconds delta);

    MonotonicTime now() const override;
    EpochMs epochMs() const override;
    std::thread start(std::function<void()> run) override;
    void join(std::thread& thread) override;
    bool wait(std::unique_lock<std::mutex>& lock, std::condition_variable& condition,
              std::optional<MonotonicTime> deadline) override;
    void notifyAll(std::condition_variable& condition) override;
    bool othersRunMeanwhile() const override { return false; }

private:
    /// One thread. Asleep until its turn comes: woken, or its deadline is there.
    struct Seat {
        std::thread::id thread;
        const void* waitsFor = nullptr; ///< a condition, or the seat of a thread that is joined; null = nothing
        std::optional<MonotonicTime> deadline;
        bool ready = false; ///< stands in ready_
        bool timedOut = false;
        bool turn = false;
        std::condition_variable mine;
    };
    Seat& own();
    void sleep(std::unique_lock<std::mutex>& lock, Seat& seat, const void* waitsFor,
               std::optional<MonotonicTime> deadline);
    void awaitTurn(std::unique_lock<std::mutex>& lock, Seat& seat);
    void makeReady(Seat& seat);
    void wakeAll(const void* waitsFor);
    void passTurn();
    Seat* earliest();

    mutable std::mutex mutex_;
    std::list<Seat> seats_; ///< the first is the owner's
    std::deque<Seat*> ready_;
    bool taken_ = true; ///< some thread has the turn
    MonotonicTime now_{std::chrono::hours(1)};
    std::chrono::nanoseconds passed_{0};
};

} // namespace millrace
