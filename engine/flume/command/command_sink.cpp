#include "flume/command/command_sink.h"

#include "flume/registry.h"
#include "flume/sentences.h"

namespace millrace::flume {

Result<CommandSinkOptions> readCommandSinkOptions(Settings& settings) {
    CommandSinkOptions options;
    options.command = readCommandOptions(settings);
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.answerTimeout = settings.duration("answerTimeout");
    MILLRACE_TRY(settings.status());
    return options;
}

CommandSink::CommandSink(CommandSinkOptions options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
      options_(std::move(options)),
      answers_(*services.clock) {}

Status CommandSink::start() {
    interrupted_.store(false);
    WakeUp* runner = services().wakeUp;
    process_ = std::make_unique<CommandProcess>(options_.command, services(), [this, runner] {
        answers_.notify();
        runner->notify();
    });
    return process_->ensureRunning();
}

void CommandSink::interrupt() {
    interrupted_.store(true);
    answers_.notify();
}

Status CommandSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readCommandSinkOptions(settings);
    if (!options) return std::move(options).error();
    options_.batchSize = options->batchSize;
    options_.answerTimeout = options->answerTimeout;
    setBatchSize(options->batchSize);
    return ok();
}

/// Also sees a command that has ended while there was nothing to do.
Status CommandSink::prepare() {
    if (process_->running()) {
        auto message = process_->next();
        if (!message) return std::move(message).error();
        if (*message) return process_->fail(failure(ErrorCode::protocol, "command-unasked"));
    }
    return process_->ensureRunning();
}

Status CommandSink::send(std::span<const EventRange> events, std::size_t count) {
    std::string text;
    for (const EventRange& range : events)
        for (std::size_t i = range.first; i < range.last; ++i)
            appendCommandEvent(process_->format(), range.batch->headers(i), range.batch->body(i), text);
    appendCommandNote(process_->format(), "batch", count, text);
    process_->send(text);
    return awaitAnswer(count);
}

Status CommandSink::awaitAnswer(std::size_t count) {
    const ThreadClock& clock = *services().clock;
    const MonotonicTime deadline = clock.now() + options_.answerTimeout;
    for (;;) {
        const auto message = process_->next();
        if (!message) return message.error();
        if (*message) return judge(**message, count);
        // What becomes of this batch nobody would know: the next one needs a command of its own.
        if (interrupted_.load())
            return process_->fail({ErrorCode::cancelled, "stopped while the command worked", true});
        if (clock.now() >= deadline)
            return process_->fail(
                failure(ErrorCode::timeout, "command-silent",
                        {std::to_string(count), "0", std::to_string(options_.answerTimeout.count())}));
        answers_.wait(deadline);
    }
}

Status CommandSink::judge(const CommandMessage& answer, std::size_t count) {
    const auto* note = std::get_if<CommandNote>(&answer);
    if (note && note->kind == CommandNote::Kind::error) {
        process_->worked();
        return failure(ErrorCode::io, "command-refused", {note->text});
    }
    if (!note || note->kind != CommandNote::Kind::ack || note->count != count)
        return process_->fail(failure(ErrorCode::protocol, "command-no-answer", {std::to_string(count)}));
    process_->worked();
    return ok();
}

Result<std::unique_ptr<Sink>> makeCommandSink(Settings& settings, const ComponentServices& services) {
    auto options = readCommandSinkOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<CommandSink>(std::move(*options), services));
}

MILLRACE_COMPONENT(CommandSink, "millrace.CommandSink", &makeCommandSink)

} // namespace millrace::flume
