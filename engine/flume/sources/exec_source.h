#pragma once

#include "base/clock.h"
#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/charset.h"
#include "flume/support/child_process.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

struct ExecOptions {
    std::vector<std::string> arguments;
    bool restart = false;
    std::chrono::milliseconds restartThrottle{10'000};
    bool logStdErr = false;
    std::size_t batchSize = 20;
    const java::JavaCharset* charset = nullptr; ///< in which the command prints; null: its bytes are the bodies
};
Result<ExecOptions> readExecOptions(Settings& settings);

/// org.apache.flume.source.ExecSource: each line that a command prints is an event, in the charset of the command.
/// Lines that the channels refuse are kept and the command waits meanwhile, where Flume would kill it and lose them.
class ExecSource final : public Source {
public:
    /// More of a line becomes further events.
    static constexpr std::size_t kLongestLine = 16u << 20;

    ExecSource(ExecOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override;
    bool finished() const override { return !pending_ && text_.empty(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Status startCommand();
    Cycle restart();
    Cycle pauseBeforeRestart() const;
    void readOutput();
    void commandEnded();
    Status prepareCharset();
    EventBatchPtr nextBatch();
    bool addLine(EventBatchBuilder& builder);
    Result<Cycle> deliver(ChannelProcessor& output);

    ExecOptions options_;
    ComponentServices services_;
    std::unique_ptr<ChildProcess> child_;
    std::optional<MonotonicTime> restartAt_; ///< the command has ended and runs again then
    std::optional<Error> restartFailure_;    ///< why the last try to run it again failed
    std::optional<java::CharsetDecoder> decoder_; ///< absent: lines are cut without being read as text
    std::optional<java::CharsetEncoder> encoder_; ///< beside decoder_
    std::string text_;                       ///< printed and not yet in a batch
    std::size_t used_ = 0;                   ///< of text_
    bool complete_ = false;                  ///< nothing will be added to text_: its last line needs no end
    EventBatchPtr pending_;
    bool stopped_ = false;
};

Result<std::unique_ptr<Source>> makeExecSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
