#pragma once

#include "flume/runtime/fan_out.h"
#include "flume/runtime/node.h"
#include "flume/runtime/runner.h"

#include <memory>
#include <vector>

namespace millrace::flume {

struct SourceNode;

/// Runs one source: its interceptors, its selector and its channel transactions.
class SourceRunner final : public Runner {
public:
    /// `node` outlives the runner.
    explicit SourceRunner(SourceNode& node, Log& log);
    ~SourceRunner() override;

    /// Before launch(), or inside call().
    void setSource(std::unique_ptr<Source> source) { source_ = std::move(source); }
    Source& source() { return *source_; }
    FanOut& output() { return output_; }
    const FanOut& output() const { return output_; }
    /// backoffSleepIncrement and maxBackoffSleep; before launch(), or inside call().
    void setPauses(const catalog::ComponentConfig& config);

private:
    bool startUp() override;
    Result<Cycle> step() override { return source_->cycle(output_); }
    void beginFinish() override { source_->stop(); }
    bool drained() const override { return source_->finished(); }
    void shutDown() override;
    void succeeded() override;
    void failed(const Error& failure) override;
    std::chrono::milliseconds backoffPause(int inRow) const override;
    std::chrono::milliseconds errorPause() const override { return maxPause_; }

    SourceNode& node_;
    Log& log_;
    FanOut output_;
    std::unique_ptr<Source> source_;
    std::chrono::milliseconds pauseStep_{1000}, maxPause_{5000};
};

struct SourceNode : Node {
    using Node::Node;
    std::vector<std::shared_ptr<ChannelNode>> channels; ///< that it writes to, as it is wired; outlive the runner
    std::unique_ptr<SourceRunner> runner;               ///< null when the source could not be built, or wired
};

} // namespace millrace::flume
