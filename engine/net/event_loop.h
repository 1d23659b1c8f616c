#pragma once

#include "base/clock.h"
#include "base/executor.h"

#include <memory>
#include <string>

namespace millrace::net {

/// One thread that waits for sockets and timers. Nothing that can wait may run on it: no channel, no disk sync, no name
/// lookup. Made and destroyed outside its own thread; the destructor stops it and joins.
class EventLoop final : public Executor {
public:
    /// Starts the thread; `name` is what debuggers and `top -H` show (15 characters at most).
    explicit EventLoop(const std::string& name);
    ~EventLoop() override;
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    void post(std::function<void()> fn) override;
    bool inThread() const override;
    /// Timers of this loop: at() and cancel() only from its thread, now() and epochMs() from any.
    Clock& clock();
    /// Ends the loop after what was posted before; sockets that still live are closed. Not from its own thread.
    void stop();

    struct Impl; ///< asio, seen only inside net/
    Impl& impl() { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::net
