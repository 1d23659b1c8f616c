#pragma once

#include <functional>

namespace millrace {

/// A place where closures run one after another on one thread, in the order in which they were posted.
class Executor {
public:
    virtual ~Executor() = default;
    /// Runs `fn` later, never inside this call. From any thread. Dropped when the executor has stopped.
    virtual void post(std::function<void()> fn) = 0;
    virtual bool inThread() const = 0;
    /// Runs now when already on the thread, else post().
    void run(std::function<void()> fn) {
        if (inThread()) fn();
        else post(std::move(fn));
    }
};

} // namespace millrace
