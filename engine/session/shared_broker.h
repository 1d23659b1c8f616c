#pragma once

#include "broker/broker.h"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace millrace::session {

/// A broker that some look at while another may end it. A look may wait for the broker's loop and for the disk, so it
/// is made without any other lock; the end waits for the looks under way.
class SharedBroker {
public:
    explicit SharedBroker(std::unique_ptr<broker::Broker> broker) : broker_(std::move(broker)) {}

    /// Calls `read(broker)`. Any thread. False: it has ended or is about to, and nothing was called.
    template <typename Read>
    bool look(Read&& read) const {
        const std::shared_lock lock(mutex_, std::try_to_lock);
        if (!lock || !broker_) return false;
        read(*broker_);
        return true;
    }
    /// Stops it and lets go of its port and directory. Once it has ended a second call does nothing.
    Status end() {
        const std::unique_lock lock(mutex_);
        if (!broker_) return ok();
        Status stopped = broker_->stop();
        broker_.reset();
        return stopped;
    }
    /// For who alone may end it.
    broker::Broker& owned() { return *broker_; }

private:
    mutable std::shared_mutex mutex_;
    std::unique_ptr<broker::Broker> broker_;
};

} // namespace millrace::session
