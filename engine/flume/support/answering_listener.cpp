#include "flume/support/answering_listener.h"

#include <utility>

namespace millrace::flume {

namespace {

/// For answers on their way: longer than a connection lingers, shorter than anyone waits for a stop.
constexpr std::chrono::seconds kLastAnswers{2};

} // namespace

void AnsweringListener::open(std::unique_ptr<net::Listener> listener) {
    listener_ = std::move(listener);
    finishing_ = false;
    closeAt_.reset();
}

void AnsweringListener::finish() {
    if (!listener_ || std::exchange(finishing_, true)) return;
    listener_->finish();
}

void AnsweringListener::allAnswered(MonotonicTime now) {
    if (!finishing_ || !listener_) return;
    if (!closeAt_) closeAt_ = now + kLastAnswers;
    if (now >= *closeAt_) close();
}

} // namespace millrace::flume
