#include "base/worker_thread.h"

#include <pthread.h>
#include <utility>

namespace millrace {

WorkerThread::WorkerThread(const std::string& name, AtEnd atEnd) : atEnd_(atEnd), thread_([this] { run(); }) {
    pthread_setname_np(thread_.native_handle(), name.substr(0, 15).c_str());
}

WorkerThread::~WorkerThread() {
    stop();
}

void WorkerThread::post(std::function<void()> fn) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        queue_.push_back(std::move(fn));
        if (queue_.size() > 1) return; // it is awake, or was woken for the first one
    }
    wake_.notify_one();
}

void WorkerThread::stop() {
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        if (atEnd_ == AtEnd::drop) dropped.swap(queue_);
    }
    dropped.clear(); // outside of the lock: what they own may post here when it goes
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void WorkerThread::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto fn = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        fn();
        fn = nullptr; // what it owns goes before the next one runs, and without the lock
        lock.lock();
    }
}

} // namespace millrace
