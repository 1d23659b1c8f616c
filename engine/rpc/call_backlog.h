#pragma once

#include "net/event_loop.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <set>

namespace millrace::rpc {

/// What the unanswered calls of all connections of one listener take up together. At the limit no further call is taken
/// until half of it is free again.
class CallBacklog : public std::enable_shared_from_this<CallBacklog> {
public:
    /// A connection that would take a call.
    class Waiter {
    public:
        virtual void roomAgain() = 0; ///< on the loop

    protected:
        ~Waiter() = default;
    };
    /// The part of one call, given back when it is destroyed; from any thread.
    class Share {
    public:
        Share(std::shared_ptr<CallBacklog> backlog, std::size_t bytes);
        Share(Share&& other) noexcept = default;
        Share& operator=(Share&& other) noexcept;
        ~Share();
        void release();

    private:
        std::shared_ptr<CallBacklog> backlog_; ///< null when it was given back
        std::size_t bytes_ = 0;
    };

    /// `loop` is that of the connections and lives as long as one of them.
    CallBacklog(std::size_t limitBytes, net::EventLoop& loop) : limit_(limitBytes), loop_(loop) {}

    /// Whether a call may be taken. If not, `waiter` is told when it is worth asking again. On the loop.
    bool hasRoom(Waiter& waiter);
    void forget(Waiter& waiter);

private:
    void add(std::size_t bytes);
    void remove(std::size_t bytes);
    void tellWaiters();

    const std::size_t limit_;
    net::EventLoop& loop_;
    std::mutex mutex_;
    std::size_t held_ = 0;
    bool full_ = false; ///< from the limit on until half of it
    std::set<Waiter*> waiting_;
};

} // namespace millrace::rpc
