#include "flume/command/command_process.h"

#include "flume/sentences.h"
#include "flume/support/command_line.h"

#include <algorithm>

namespace millrace::flume {

namespace {

constexpr std::chrono::milliseconds kLongestPause{60'000};
/// A command that has closed its output is about to end.
constexpr std::chrono::milliseconds kGraceAtEnd{100};

} // namespace

CommandOptions readCommandOptions(Settings& settings) {
    CommandOptions options;
    options.arguments = readCommandLine(settings);
    options.format = settings.text("format") == "frames" ? CommandFormat::frames : CommandFormat::json;
    options.restartThrottle = settings.duration("restartThrottle");
    options.stopTimeout = settings.duration("stopTimeout");
    return options;
}

CommandProcess::CommandProcess(CommandOptions options, const ComponentServices& services, std::function<void()> onReady)
    : options_(std::move(options)),
      services_(services),
      onReady_(std::move(onReady)),
      pause_(options_.restartThrottle) {}

Status CommandProcess::ensureRunning() {
    if (child_) return ok();
    if (failure_ && services_.clock->now() < startsAt_) return *failure_;
    auto child = ChildProcess::start(options_.arguments, services_.runDirectory, onReady_, ChildProcess::Input::sent);
    if (!child) return fail(std::move(child).error());
    child_ = std::move(*child);
    reader_.emplace(options_.format);
    outputEnded_ = false;
    exitCode_.reset();
    messages_ = 0;
    ++starts_;
    return ok();
}

void CommandProcess::send(std::string_view messages, std::size_t longest) {
    if (!child_) return;
    reader_->answers(longest);
    child_->send(messages);
}

void CommandProcess::readOutput() {
    const ChildProcess::Output output = child_->take();
    for (const std::string& line : output.errors)
        services_.log->info(services_.id, "stderr: {}", line);
    reader_->add(output.out);
    outputEnded_ = output.ended;
}

Result<std::optional<CommandMessage>> CommandProcess::next() {
    if (!child_) return failure_ ? *failure_ : Error{ErrorCode::closed, "the command does not run", true};
    auto message = reader_->next();
    if (message && !*message) {
        readOutput();
        message = reader_->next();
    }
    if (message && *message) {
        ++messages_;
        return message;
    }
    if (!message)
        return fail(
            failure(ErrorCode::protocol, "command-broken", {std::to_string(messages_ + 1), message.error().message}));
    if (outputEnded_) return ended();
    return message;
}

Error CommandProcess::ended() {
    const bool cut = !reader_->empty();
    exitCode_ = child_->stop(kGraceAtEnd);
    child_.reset();
    const auto code = std::to_string(*exitCode_);
    if (!cut) return fail(failure(ErrorCode::closed, "command-ended", {code}));
    return fail(failure(ErrorCode::protocol, "command-cut", {code, std::to_string(messages_ + 1)}));
}

Error CommandProcess::fail(Error failure) {
    if (child_) {
        (void)child_->stop();
        readOutput(); // it may have told why
        child_.reset();
    }
    startsAt_ = services_.clock->now() + pause_;
    pause_ = std::max(pause_, std::min(pause_ * 2, kLongestPause));
    failure_ = std::move(failure);
    return *failure_;
}

void CommandProcess::stop() {
    if (!child_) return;
    child_->closeInput();
    const int code = child_->stop(options_.stopTimeout);
    readOutput();
    child_.reset();
    if (code != 0)
        services_.log->warning(services_.id, "the command ended with exit code {} when it was stopped", code);
}

} // namespace millrace::flume
