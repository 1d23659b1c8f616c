#pragma once

#include "flume/command/command_process.h"
#include "flume/component.h"

#include <memory>
#include <optional>

namespace millrace::flume {

struct CommandSourceOptions {
    CommandOptions command;
    std::size_t batchSize = 100;
    bool restart = true; ///< also when it ended with 0
};
Result<CommandSourceOptions> readCommandSourceOptions(Settings& settings);

/// Events that a command of the user's writes (docs/custom-components.md). It is told how many of them the channels
/// have, and is not read while they have no room.
class CommandSource final : public Source {
public:
    /// A batch ends here whatever its number of events.
    static constexpr std::size_t kBatchBytes = 16u << 20;

    CommandSource(CommandSourceOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { stopped_ = true; }
    bool finished() const override { return !pending_; }
    void close() override { process_.reset(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    EventBatchPtr nextBatch();
    Result<bool> addNext(EventBatchBuilder& builder);
    Cycle waiting();
    Result<Cycle> deliver(ChannelProcessor& output);

    CommandSourceOptions options_;
    ComponentServices services_;
    std::unique_ptr<CommandProcess> process_;
    EventBatchPtr pending_;
    int acknowledgedStart_ = 0;      ///< of the command that acknowledged_ is about
    std::uint64_t acknowledged_ = 0; ///< its events that the channels have
    std::optional<Error> failure_;   ///< comes behind pending_
    bool stopped_ = false;
};

Result<std::unique_ptr<Source>> makeCommandSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
