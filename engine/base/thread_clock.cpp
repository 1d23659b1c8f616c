#include "base/thread_clock.h"

namespace millrace {

namespace {

class SystemThreadClock final : public ThreadClock {
public:
    MonotonicTime now() const override { return systemNow(); }
    EpochMs epochMs() const override { return systemEpochMs(); }
    std::thread start(std::function<void()> run) override { return std::thread(std::move(run)); }
    void join(std::thread& thread) override { thread.join(); }
    bool wait(std::unique_lock<std::mutex>& lock, std::condition_variable& condition,
              std::optional<MonotonicTime> deadline) override {
        if (deadline) return condition.wait_until(lock, *deadline) == std::cv_status::no_timeout;
        condition.wait(lock);
        return true;
    }
    void notifyAll(std::condition_variable& condition) override { condition.notify_all(); }
    bool othersRunMeanwhile() const override { return true; }
};

} // namespace

ThreadClock& systemThreadClock() {
    static SystemThreadClock clock;
    return clock;
}

} // namespace millrace
