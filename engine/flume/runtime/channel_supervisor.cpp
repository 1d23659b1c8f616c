#include "flume/runtime/channel_supervisor.h"

namespace millrace::flume {

namespace {
constexpr std::chrono::seconds kEvery{3};
} // namespace

void ChannelSupervisor::begin() {
    if (!thread_.joinable()) thread_ = clock_.start([this] { run(); });
}

void ChannelSupervisor::end() {
    stops_.store(true);
    wakeUp_.notify();
    if (thread_.joinable()) clock_.join(thread_);
    stops_.store(false);
}

void ChannelSupervisor::run() {
    for (;;) {
        wakeUp_.wait(clock_.now() + kEvery);
        if (stops_.load()) return;
        for (const auto& node : failing_()) {
            if (const Status started = node->channel->start(); started)
                node->health.started(clock_.epochMs());
            else
                node->health.failed(started.error());
        }
    }
}

} // namespace millrace::flume
