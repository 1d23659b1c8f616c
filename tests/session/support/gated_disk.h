#pragma once

#include "support/real_disk.h"

#include <condition_variable>
#include <mutex>

namespace millrace::session {

/// A disk that answers no read and no sync while its gate is shut, as one that hangs.
class GatedDisk final : public test::RealDisk {
public:
    using RealDisk::open;
    ~GatedDisk() override { open(); }
    void shut() {
        const std::lock_guard lock(mutex_);
        shut_ = true;
    }
    void open() {
        {
            const std::lock_guard lock(mutex_);
            shut_ = false;
        }
        changed_.notify_all();
    }
    /// How many wait at the gate.
    int waiting() const {
        const std::lock_guard lock(mutex_);
        return waiting_;
    }

private:
    Status before(Act act, const std::filesystem::path&) override {
        if (act == Act::read || act == Act::sync) pass();
        return ok();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.wait(lock, [this] { return !shut_; });
        --waiting_;
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool shut_ = false;
    int waiting_ = 0;
};

} // namespace millrace::session
