#include "base/manual_thread_clock.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace {

namespace {

constexpr EpochMs kFirstEpochMs = 1'700'000'000'000;

} // namespace

ManualThreadClock::ManualThreadClock() {
    Seat& seat = seats_.emplace_back();
    seat.thread = std::this_thread::get_id();
    seat.turn = true;
}

MonotonicTime ManualThreadClock::now() const {
    const std::lock_guard lock(mutex_);
    return now_;
}

EpochMs ManualThreadClock::epochMs() const {
    const std::lock_guard lock(mutex_);
    return kFirstEpochMs + std::chrono::duration_cast<std::chrono::milliseconds>(passed_).count();
}

void ManualThreadClock::advance(std::chrono::milliseconds delta) {
    std::unique_lock lock(mutex_);
    sleep(lock, own(), nullptr, now_ + delta);
}

std::thread ManualThreadClock::start(std::function<void()> run) {
    const std::lock_guard lock(mutex_);
    Seat& seat = seats_.emplace_back();
    std::thread thread([this, &seat, run = std::move(run)] {
        {
            std::unique_lock begin(mutex_);
            awaitTurn(begin, seat);
        }
        run();
        const std::lock_guard end(mutex_);
        wakeAll(&seat);
        seats_.remove_if([&](const Seat& each) { return &each == &seat; });
        taken_ = false;
        passTurn();
    });
    seat.thread = thread.get_id();
    makeReady(seat);
    return thread;
}

void ManualThreadClock::join(std::thread& thread) {
    {
        std::unique_lock lock(mutex_);
        const auto runs = std::find_if(seats_.begin(), seats_.end(),
                                       [&](const Seat& seat) { return seat.thread == thread.get_id(); });
        if (runs != seats_.end()) sleep(lock, own(), &*runs, {});
    }
    thread.join();
}

bool ManualThreadClock::wait(std::unique_lock<std::mutex>& lock, std::condition_variable& condition,
                             std::optional<MonotonicTime> deadline) {
    std::unique_lock mine(mutex_);
    Seat& seat = own();
    // Whoever notifies needs the caller's mutex first and then ours, so that nothing is lost between the two.
    lock.unlock();
    sleep(mine, seat, &condition, deadline);
    const bool timedOut = seat.timedOut;
    mine.unlock();
    lock.lock();
    return !timedOut;
}

void ManualThreadClock::notifyAll(std::condition_variable& condition) {
    const std::lock_guard lock(mutex_);
    wakeAll(&condition);
    if (!taken_) passTurn(); // from a thread that is not ours while all of ours wait
}

ManualThreadClock::Seat& ManualThreadClock::own() {
    const auto found = std::find_if(seats_.begin(), seats_.end(),
                                    [](const Seat& seat) { return seat.thread == std::this_thread::get_id(); });
    MILLRACE_ASSERT(found != seats_.end(), "only the {} threads of this clock may wait by it", seats_.size());
    return *found;
}

void ManualThreadClock::sleep(std::unique_lock<std::mutex>& lock, Seat& seat, const void* waitsFor,
                              std::optional<MonotonicTime> deadline) {
    seat.waitsFor = waitsFor;
    seat.deadline = deadline;
    seat.timedOut = false;
    seat.turn = false;
    taken_ = false;
    passTurn();
    awaitTurn(lock, seat);
}

void ManualThreadClock::awaitTurn(std::unique_lock<std::mutex>& lock, Seat& seat) {
    seat.mine.wait(lock, [&] { return seat.turn; });
    seat.waitsFor = nullptr;
    seat.deadline.reset();
}

void ManualThreadClock::makeReady(Seat& seat) {
    if (seat.ready || seat.turn) return;
    seat.ready = true;
    ready_.push_back(&seat);
}

void ManualThreadClock::wakeAll(const void* waitsFor) {
    for (Seat& seat : seats_)
        if (seat.waitsFor == waitsFor) makeReady(seat);
}

ManualThreadClock::Seat* ManualThreadClock::earliest() {
    Seat* found = nullptr;
    for (Seat& seat : seats_) {
        if (!seat.deadline) continue;
        const bool owners = found == &seats_.front(); // who looks at a moment comes after all that happens in it
        if (!found || *seat.deadline < *found->deadline || (owners && *seat.deadline == *found->deadline))
            found = &seat;
    }
    return found;
}

void ManualThreadClock::passTurn() {
    Seat* next = nullptr;
    if (!ready_.empty()) {
        next = ready_.front();
        ready_.pop_front();
        next->ready = false;
    } else if ((next = earliest())) {
        passed_ += std::max(*next->deadline - now_, MonotonicTime::duration::zero());
        now_ = std::max(now_, *next->deadline);
        next->timedOut = true;
    } else {
        return; // until a thread that is not ours notifies
    }
    taken_ = true;
    next->turn = true;
    next->mine.notify_one();
}

} // namespace millrace
