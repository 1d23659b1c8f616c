#pragma once

#include "base/executor.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace millrace {

/// A thread of its own that runs closures in the order posted, for what may wait: the disk, a slow start. Posts come
/// from any thread.
class WorkerThread final : public Executor {
public:
    /// What becomes of closures that still wait when it is stopped; the one that runs is always finished.
    enum class AtEnd { run, drop };

    /// `name` is what debuggers and `top` show, at most 15 characters of it.
    explicit WorkerThread(const std::string& name, AtEnd atEnd = AtEnd::run);
    ~WorkerThread() override; ///< as stop()
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    void post(std::function<void()> fn) override;
    bool inThread() const override { return std::this_thread::get_id() == thread_.get_id(); }
    /// Ends the thread and waits for it; what is posted afterwards is dropped. Not from the thread itself.
    void stop();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    const AtEnd atEnd_;
    std::thread thread_;
};

} // namespace millrace
