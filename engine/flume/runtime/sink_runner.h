#pragma once

#include "flume/sink_processor.h"
#include "flume/runtime/node.h"
#include "flume/runtime/runner.h"

#include <memory>
#include <vector>

namespace millrace::flume {

struct SinkNode;

/// One sink with its transaction, as its runner and its processor see it. Runner thread only, but for sink(): the sink
/// stays the same one as long as the member lives, so that any thread may interrupt it.
class SinkMember final : public GroupSink {
public:
    SinkMember(SinkNode& node, std::unique_ptr<Sink> sink, Log& log) : node_(node), log_(log), sink_(std::move(sink)) {}

    const std::string& name() const override;
    Result<Cycle> cycle() override;

    Sink& sink() { return *sink_; }
    /// From now on out of this channel; null detaches. `tap` is the sink's.
    void attach(Channel* channel, WakeUp& wakeUp);
    void detach() { transaction_.reset(); }

    bool started() const { return started_; }
    bool start(); ///< also again, every 3 s at most
    void stop();
    void aboutToPause() {
        if (transaction_) transaction_->passOnWakeUp();
    }
    void note(const Result<Cycle>& result);

private:
    SinkNode& node_;
    Log& log_;
    const std::unique_ptr<Sink> sink_;
    std::unique_ptr<Transaction> transaction_;
    bool started_ = false;
    MonotonicTime nextStart_{};
};

/// A sink, its way to its runner's wake-up, and its member object.
struct SinkNode : Node {
    explicit SinkNode(ThreadClock& clock) : Node(clock), wakeUp(clock) {}
    /// The sink's own wake-up, which wakes whichever runner has the sink now.
    WakeUp wakeUp;
    std::unique_ptr<SinkMember> member; ///< null when the sink could not be built
    std::atomic<bool> stopping{false};  ///< ComponentServices::stopping, whichever runner has the sink
};

/// The channel that a sink names; empty when it names none.
std::string channelOf(const catalog::ComponentConfig& sink);

/// Runs one sink, or the sinks of one group in turn.
class SinkRunner final : public Runner {
public:
    /// The nodes outlive the runner.
    SinkRunner(std::string name, std::vector<SinkNode*> sinks, Log& log, ThreadClock& clock);
    ~SinkRunner() override;

    const std::vector<SinkNode*>& sinks() const { return sinks_; }
    /// Before launch(), or inside call().
    void setProcessor(std::unique_ptr<SinkProcessor> processor) { processor_ = std::move(processor); }
    /// How often in a row a cycle must find nothing before the runner sleeps: 1, or the number of sinks when they have
    /// different channels, because a wake-up comes only from channels that were asked.
    void setIdleRounds(std::size_t rounds) { idleRounds_ = rounds; }
    std::vector<GroupSink*> groupSinks() const;
    /// Ends the thread but leaves the sinks open, for another runner.
    void release();

private:
    bool startUp() override;
    Result<Cycle> step() override;
    void beginFinish() override {}
    bool drained() const override { return true; }
    void shutDown() override;
    void succeeded() override {}
    void failed(const Error&) override {}
    std::chrono::milliseconds backoffPause(int inRow) const override;
    std::chrono::milliseconds errorPause() const override;
    void aboutToPause() override;
    void interrupt() override;
    void stoppingChanged(bool stopping) override;

    std::vector<SinkNode*> sinks_;
    Log& log_;
    std::unique_ptr<SinkProcessor> processor_;
    std::size_t idleRounds_ = 1;
    std::size_t idleInRow_ = 0;
    std::atomic<bool> keepOpen_{false};
};

} // namespace millrace::flume
