#include "flume/runtime/node_health.h"

namespace millrace::flume {

void NodeHealth::starting() {
    const std::lock_guard lock(mutex_);
    if (reading_.phase == Phase::stopped) reading_.phase = Phase::starting;
}

void NodeHealth::started(EpochMs now) {
    const std::lock_guard lock(mutex_);
    reading_ = {Phase::started, {}, 0, now, 0};
    failing_.store(false, std::memory_order_relaxed);
}

void NodeHealth::stopped(EpochMs now) {
    const std::lock_guard lock(mutex_);
    reading_.phase = Phase::stopped;
    reading_.stoppedMs = now;
    failing_.store(false, std::memory_order_relaxed);
}

void NodeHealth::failed(const Error& failure) {
    const std::lock_guard lock(mutex_);
    reading_.phase = Phase::failing;
    reading_.failure = failure;
    ++reading_.failuresInRow;
    failing_.store(true, std::memory_order_relaxed);
}

void NodeHealth::recover() {
    const std::lock_guard lock(mutex_);
    reading_.phase = Phase::started;
    reading_.failure = {};
    reading_.failuresInRow = 0;
    failing_.store(false, std::memory_order_relaxed);
}

NodeHealth::Reading NodeHealth::read() const {
    const std::lock_guard lock(mutex_);
    return reading_;
}

} // namespace millrace::flume
