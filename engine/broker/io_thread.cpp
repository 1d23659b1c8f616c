#include "broker/io_thread.h"

#include <pthread.h>
#include <utility>

namespace millrace::broker {

IoThread::IoThread(const std::string& name) : thread_([this] { run(); }) {
    pthread_setname_np(thread_.native_handle(), name.substr(0, 15).c_str());
}

IoThread::~IoThread() {
    stop();
}

void IoThread::post(std::function<void()> fn) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        queue_.push_back(std::move(fn));
        if (queue_.size() > 1) return; // it is awake, or was woken for the first one
    }
    wake_.notify_one();
}

void IoThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void IoThread::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto batch = std::exchange(queue_, {});
        lock.unlock();
        for (auto& fn : batch)
            fn();
        batch.clear();
        lock.lock();
    }
}

} // namespace millrace::broker
