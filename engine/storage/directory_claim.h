#pragma once

#include <atomic>
#include <optional>
#include <shared_mutex>

namespace millrace::storage {

/// Whether a directory is still that of the log which was opened in it: of a topic that is made again under the same
/// name it is another's. Any thread.
class DirectoryClaim {
public:
    using Hold = std::optional<std::shared_lock<std::shared_mutex>>;
    /// Nobody takes the directory away as long as this lives; nothing when it is taken away already. One a thread.
    Hold hold() const {
        std::shared_lock lock(mutex_);
        if (givenUp_) return std::nullopt;
        return lock;
    }
    /// Waits until nobody holds it.
    void giveUp() {
        const std::lock_guard lock(mutex_);
        givenUp_ = true;
    }
    bool givenUp() const { return givenUp_; }

private:
    mutable std::shared_mutex mutex_;
    std::atomic<bool> givenUp_ = false;
};

} // namespace millrace::storage
