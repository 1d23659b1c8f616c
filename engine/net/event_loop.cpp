#include "net/event_loop.h"

#include "base/assertion.h"
#include "net/event_loop_impl.h"
#include "net/tcp_connection.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <pthread.h>

namespace millrace::net {

namespace {
thread_local const EventLoop* currentLoop = nullptr;
} // namespace

EventLoop::Impl::Impl(EventLoop& owner) : loop(owner), timers(io, [this] { turnEnded(); }) {}

bool EventLoop::Impl::post(std::function<void()> fn) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex);
        if (ended) return false;
        posted.push_back(std::move(fn));
        wake = !wakePending;
        wakePending = true;
    }
    if (wake) boost::asio::post(io, [this] { runPosted(); });
    return true;
}

void EventLoop::Impl::runAndWait(std::function<void()> fn) {
    if (currentLoop == &loop) return fn();
    // If the loop ends first, the closure is destroyed unrun: that breaks the promise, which also ends the wait.
    auto done = std::make_shared<std::promise<void>>();
    auto waiting = done->get_future();
    const bool queued = post([done = std::move(done), fn = std::move(fn)] {
        fn();
        done->set_value();
    });
    if (queued) waiting.wait();
}

void EventLoop::Impl::runPosted() {
    std::vector<std::function<void()>> batch;
    {
        const std::lock_guard lock(mutex);
        batch.swap(posted);
        wakePending = false;
    }
    for (auto& fn : batch) {
        fn();
        fn = nullptr; // what it held goes before the next one runs
    }
    turnEnded();
}

void EventLoop::Impl::turnEnded() {
    if (unsent.empty()) return;
    std::vector<std::shared_ptr<TcpConnection>> batch;
    batch.swap(unsent);
    for (const auto& connection : batch)
        connection->flush();
    // A handler that sends more whenever all is sent must let others have their turn between.
    if (!unsent.empty()) return boost::asio::post(io, [this] { turnEnded(); });
    batch.clear();
    unsent.swap(batch); // its memory serves the next turn
}

void EventLoop::Impl::run(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    currentLoop = &loop;
    const auto work = boost::asio::make_work_guard(io);
    io.run();
}

void EventLoop::Impl::shutDown() {
    const auto closing = std::move(atStop);
    for (const auto& [owner, close] : closing)
        close();
    timers.clear();
    {
        const std::lock_guard lock(mutex);
        ended = true;
    }
    io.stop();
}

EventLoop::EventLoop(const std::string& name) : impl_(std::make_unique<Impl>(*this)) {
    impl_->thread = std::thread([impl = impl_.get(), name] { impl->run(name); });
}

EventLoop::~EventLoop() {
    stop();
}

void EventLoop::post(std::function<void()> fn) {
    impl_->post(std::move(fn));
}
bool EventLoop::inThread() const {
    return currentLoop == this;
}
Clock& EventLoop::clock() {
    return impl_->timers;
}

void EventLoop::stop() {
    MILLRACE_ASSERT(!inThread(), "a loop cannot wait for its own end");
    if (!impl_->thread.joinable()) return;
    impl_->post([impl = impl_.get()] { impl->shutDown(); });
    impl_->thread.join();
    std::vector<std::function<void()>> dropped;
    {
        const std::lock_guard lock(impl_->mutex);
        dropped.swap(impl_->posted);
    }
    impl_->unsent.clear();
}

} // namespace millrace::net
