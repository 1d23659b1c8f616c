#pragma once

#include "support/real_disk.h"

#include <condition_variable>
#include <mutex>

namespace millrace::session {

/// A disk that answers no read and no sync while its gate is shut, as one that hangs, and no write if that is wanted.
class GatedDisk final : public test::RealDisk {
public:
    using RealDisk::open;
    ~GatedDisk() override { open(); }
    void shut() {
        const std::lock_guard lock(mutex_);
        shut_ = true;
    }
    /// Even what only goes into memory hangs, and with it a broker's loop.
    void shutForWrites() {
        const std::lock_guard lock(mutex_);
        shut_ = writesShut_ = true;
    }
    void open() {
        {
            const std::lock_guard lock(mutex_);
            shut_ = writesShut_ = false;
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
    std::size_t takeRoom(std::size_t bytes) override {
        std::unique_lock lock(mutex_);
        if (writesShut_) wait(lock);
        return bytes;
    }
    void pass() {
        std::unique_lock lock(mutex_);
        wait(lock);
    }
    void wait(std::unique_lock<std::mutex>& lock) {
        ++waiting_;
        changed_.wait(lock, [this] { return !shut_; });
        --waiting_;
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool shut_ = false;
    bool writesShut_ = false;
    int waiting_ = 0;
};

} // namespace millrace::session
