#include "flume/runtime/source_runner.h"

#include "flume/settings.h"

#include <algorithm>

namespace millrace::flume {

SourceRunner::SourceRunner(SourceNode& node, Log& log)
    : Runner(node.config.name, *node.services.clock),
      node_(node),
      log_(log),
      output_(node.id, log, node.tap, clock()) {}

SourceRunner::~SourceRunner() {
    abort();
    join();
}

void SourceRunner::setPauses(const catalog::ComponentConfig& config) {
    if (!config.spec->property("backoffSleepIncrement")) return; // not one that Flume polls
    Settings settings(config);
    const auto step = settings.duration("backoffSleepIncrement");
    const auto most = settings.duration("maxBackoffSleep");
    if (!settings.status()) return;
    pauseStep_ = step;
    maxPause_ = most;
}

bool SourceRunner::startUp() {
    node_.health.starting();
    node_.counters->reset(); // before a peer may connect and be counted
    Status status = ok();
    try {
        status = source_->start();
    } catch (const std::exception& exception) {
        status = Error{ErrorCode::internal, exception.what(), true};
    }
    if (status) {
        node_.health.started(clock().epochMs());
    } else {
        failed(status.error());
    }
    return status.has_value();
}

void SourceRunner::shutDown() {
    source_->stop();
    source_->close();
    output_.forgetRefused(); // and lets go of its batch
    node_.health.stopped(clock().epochMs());
}

void SourceRunner::succeeded() {
    node_.health.succeeded();
}

void SourceRunner::failed(const Error& failure) {
    // The same failure again and again is one line; status() shows that it lasts.
    if (node_.health.read().failure.message != failure.message) log_.warning(node_.id, "{}", failure.message);
    node_.health.failed(failure);
}

std::chrono::milliseconds SourceRunner::backoffPause(int inRow) const {
    // A full channel has made the source wait up to keep-alive already: trying again at once is no busy loop.
    if (output_.heldUp() && node_.health.read().failuresInRow > 0)
        return std::min(pauseStep_, std::chrono::milliseconds(20));
    return std::min(pauseStep_ * inRow, maxPause_);
}

} // namespace millrace::flume
