#pragma once

#include "flume/command/command_messages.h"
#include "flume/component_services.h"
#include "flume/settings.h"
#include "flume/support/child_process.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

struct CommandOptions {
    std::vector<std::string> arguments;
    CommandFormat format = CommandFormat::json;
    std::chrono::milliseconds restartThrottle{1000}; ///< before the first try, doubled for each further one
    std::chrono::milliseconds stopTimeout{3000};     ///< from the end of its input to SIGTERM
};
/// Of the properties that source, sink and interceptor share.
CommandOptions readCommandOptions(Settings& settings);

/// A command of the user's that speaks in messages. What it writes to its error stream goes into the log. One that has
/// ended or broken the protocol is started again after a pause, which doubles as long as nothing works. One thread.
class CommandProcess {
public:
    /// `onReady` is called from another thread when next() may have something.
    CommandProcess(CommandOptions options, const ComponentServices& services, std::function<void()> onReady);
    ~CommandProcess() { stop(); }

    /// Starts the command unless it runs. The last failure while its pause lasts.
    Status ensureRunning();
    bool running() const { return child_ != nullptr; }
    /// How often it has been started: messages of one start have nothing to do with those of another.
    int starts() const { return starts_; }

    /// Messages. `longest`: of the longest to which it answers with what it got. Does nothing when it does not run.
    void send(std::string_view messages, std::size_t longest = 0);
    /// What it said next; nothing when it has said nothing more. Error: it has ended, or what it said cannot be
    /// understood; it does not run any more then.
    Result<std::optional<CommandMessage>> next();
    /// Ends it for what it did, or did not do. The failure, for ensureRunning() too.
    Error fail(Error failure);
    /// It has done what it is for: the next pause is a short one again.
    void worked() { pause_ = options_.restartThrottle; }
    /// It ended by itself, with 0.
    bool endedWell() const { return !child_ && exitCode_ == 0; }
    /// Closes its input and waits; asks and then kills it when it does not end.
    void stop();

    CommandFormat format() const { return options_.format; }

private:
    void readOutput();
    Error ended();

    const CommandOptions options_;
    const ComponentServices services_;
    const std::function<void()> onReady_;
    std::unique_ptr<ChildProcess> child_;
    std::optional<CommandReader> reader_;
    bool outputEnded_ = false;
    int starts_ = 0;
    std::uint64_t messages_ = 0;  ///< of this start
    std::optional<int> exitCode_; ///< of the one that ended by itself last
    std::chrono::milliseconds pause_;
    std::optional<Error> failure_;
    MonotonicTime startsAt_{}; ///< with failure_
};

} // namespace millrace::flume
