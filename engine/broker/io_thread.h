#pragma once

#include "base/executor.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace millrace::broker {

/// The one thread that may wait for the disk: syncs, cold reads, topic changes. Closures run in the order posted.
class IoThread final : public Executor {
public:
    explicit IoThread(const std::string& name);
    /// Runs what was posted before, then joins.
    ~IoThread() override;
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    void post(std::function<void()> fn) override;
    bool inThread() const override { return std::this_thread::get_id() == thread_.get_id(); }
    /// As the destructor; posts after it are dropped.
    void stop();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace millrace::broker
