#pragma once

#include "flume/command/command_process.h"
#include "flume/support/batch_sink.h"

#include <atomic>
#include <chrono>
#include <memory>

namespace millrace::flume {

struct CommandSinkOptions {
    CommandOptions command;
    std::size_t batchSize = 100;
    std::chrono::milliseconds answerTimeout{30'000};
};
Result<CommandSinkOptions> readCommandSinkOptions(Settings& settings);

/// Hands events to a command of the user's, batch by batch (docs/custom-components.md): one that it acknowledges is
/// committed, one that it refuses or does not answer in time comes again.
class CommandSink final : public BatchSink {
public:
    CommandSink(CommandSinkOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { process_.reset(); }
    Status reconfigure(const catalog::ComponentConfig& config) override;
    void interrupt() override;

private:
    Status prepare() override;
    Status send(std::span<const EventRange> events, std::size_t count) override;
    Status awaitAnswer(std::size_t count);
    Status judge(const CommandMessage& answer, std::size_t count);

    CommandSinkOptions options_;
    WakeUp answers_; ///< the sink's own may wake its runner only
    std::atomic<bool> interrupted_{false};
    std::unique_ptr<CommandProcess> process_;
};

Result<std::unique_ptr<Sink>> makeCommandSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
