#include "flume/runtime/sink_runner.h"

#include "base/assertion.h"
#include "flume/runtime/tapping_transaction.h"
#include "flume/sentences.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

constexpr auto kStartPause = 3s;      // Flume's LifecycleSupervisor
constexpr auto kBackoffStep = 1000ms; // Flume's SinkRunner, also the next one
constexpr auto kLongestPause = 5000ms;

} // namespace

std::string channelOf(const catalog::ComponentConfig& sink) {
    const auto name = sink.properties.find("channel");
    return name == sink.properties.end() ? std::string() : name->second;
}

const std::string& SinkMember::name() const {
    return node_.config.name;
}

void SinkMember::attach(Channel* channel, WakeUp& wakeUp) {
    node_.wakeUp.forwardTo(&wakeUp);
    transaction_.reset();
    if (channel) transaction_ = channel->newTransaction(wakeUp);
}

bool SinkMember::start() {
    if (started_ || !node_.wanted || node_.services.clock->now() < nextStart_) return started_;
    node_.health.starting();
    node_.counters->reset();
    Status status = ok();
    try {
        status = sink_->start();
    } catch (const std::exception& exception) {
        status = Error{ErrorCode::internal, exception.what(), true};
    }
    started_ = status.has_value();
    if (started_) {
        node_.health.started(node_.services.clock->epochMs());
    } else {
        nextStart_ = node_.services.clock->now() + kStartPause;
        note(status.error());
    }
    return started_;
}

void SinkMember::stop() {
    if (started_) sink_->stop();
    // A wake-up that came for this one is another sink's now.
    if (transaction_) transaction_->passOnWakeUp();
    started_ = false;
    nextStart_ = {};
    node_.health.stopped(node_.services.clock->epochMs());
}

Result<Cycle> SinkMember::cycle() {
    if (!started_ && !start())
        return node_.wanted ? node_.health.read().failure : failure(ErrorCode::closed, "sink-stopped");
    Result<Cycle> result = Cycle::idle();
    try {
        MILLRACE_ASSERT(transaction_, "sink {} runs without a channel", node_.id);
        if (node_.tap.isOpen()) {
            TappingTransaction tapping(*transaction_, node_.tap);
            result = sink_->cycle(tapping);
        } else {
            result = sink_->cycle(*transaction_);
        }
    } catch (const std::exception& exception) {
        transaction_->recover();
        result = Error{ErrorCode::internal, exception.what(), true};
    }
    note(result);
    return result;
}

void SinkMember::note(const Result<Cycle>& result) {
    if (result && result->outcome != Cycle::Outcome::backoff) {
        node_.health.succeeded();
        return;
    }
    const Error& failure = result ? *result->failure : result.error();
    if (node_.health.read().failure.message != failure.message) log_.warning(node_.id, "{}", failure.message);
    node_.health.failed(failure);
}

SinkRunner::SinkRunner(std::string name, std::vector<SinkNode*> sinks, Log& log, ThreadClock& clock)
    : Runner(std::move(name), clock), sinks_(std::move(sinks)), log_(log) {}

SinkRunner::~SinkRunner() {
    abort();
    join();
}

std::vector<GroupSink*> SinkRunner::groupSinks() const {
    std::vector<GroupSink*> members;
    for (SinkNode* node : sinks_)
        members.push_back(node->member.get());
    return members;
}

bool SinkRunner::startUp() {
    bool any = false;
    for (SinkNode* node : sinks_)
        if (node->member->start()) any = true;
    return any;
}

Result<Cycle> SinkRunner::step() {
    Result<Cycle> result = processor_->process();
    if (!result || result->outcome != Cycle::Outcome::idle) {
        idleInRow_ = 0;
        return result;
    }
    if (++idleInRow_ < idleRounds_) return Cycle::ready();
    idleInRow_ = 0;
    return result;
}

void SinkRunner::release() {
    keepOpen_.store(true);
    requestFinish();
    join();
    keepOpen_.store(false);
}

void SinkRunner::shutDown() {
    if (keepOpen_.load()) return;
    for (SinkNode* node : sinks_)
        node->member->stop();
}

void SinkRunner::aboutToPause() {
    for (SinkNode* node : sinks_)
        node->member->aboutToPause();
}

void SinkRunner::interrupt() {
    for (SinkNode* node : sinks_)
        node->member->sink().interrupt();
}

void SinkRunner::stoppingChanged(bool stopping) {
    for (SinkNode* node : sinks_)
        node->stopping.store(stopping);
}

std::chrono::milliseconds SinkRunner::backoffPause(int inRow) const {
    return std::min(kBackoffStep * inRow, kLongestPause);
}

std::chrono::milliseconds SinkRunner::errorPause() const {
    const bool anyStarted = std::any_of(sinks_.begin(), sinks_.end(), [](SinkNode* n) { return n->member->started(); });
    return anyStarted ? kLongestPause : std::chrono::milliseconds(kStartPause);
}

} // namespace millrace::flume
