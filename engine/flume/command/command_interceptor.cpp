#include "flume/command/command_process.h"
#include "flume/interceptor_failure.h"
#include "flume/registry.h"
#include "flume/sentences.h"

#include <algorithm>
#include <chrono>

namespace millrace::flume {

namespace {

struct CommandInterceptorOptions {
    CommandOptions command;
    std::chrono::milliseconds answerTimeout{30'000};
};

/// Has a command of the user's change or drop events (docs/custom-components.md): for each it is given it answers one,
/// or null. The command begins with the first event. While it fails the source keeps its events.
class CommandInterceptor final : public Interceptor {
public:
    CommandInterceptor(const CommandInterceptorOptions& options, const ComponentServices& services)
        : wakeUp_(*services.wakeUp),
          clock_(*services.clock),
          answerTimeout_(options.answerTimeout),
          process_(options.command, services, [wakeUp = services.wakeUp] { wakeUp->notify(); }) {}

    void intercept(EventRanges& events) override {
        const std::size_t count = eventCount(events);
        if (count == 0) return;
        if (Status ready = prepare(); !ready) throw InterceptorFailure(std::move(ready).error());
        sendAll(events);
        auto answers = takeAnswers(count);
        wakeUp_.notify(); // one that was meant for the source may have been used up
        if (!answers) throw InterceptorFailure(std::move(answers).error());
        process_.worked();
        events.clear();
        if (!*answers) return;
        const auto size = static_cast<std::uint32_t>((*answers)->size());
        events.push_back({std::move(*answers), 0, size});
    }

private:
    /// Also sees a command that has ended since the last events.
    Status prepare() {
        if (process_.running()) {
            auto message = process_.next();
            if (message && *message) return process_.fail(failure(ErrorCode::protocol, "command-unasked"));
        }
        return process_.ensureRunning();
    }

    void sendAll(const EventRanges& events) {
        std::string text;
        std::size_t longest = 0;
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i) {
                const std::size_t before = text.size();
                appendCommandEvent(process_.format(), range.batch->headers(i), range.batch->body(i), text);
                longest = std::max(longest, text.size() - before);
            }
        process_.send(text, longest);
    }

    /// A command that answers slowly is left to it, but not without end: the source waits.
    Result<EventBatchPtr> takeAnswers(std::size_t count) {
        constexpr int kMostTimeouts = 10;
        const MonotonicTime begun = clock_.now();
        const MonotonicTime last = begun + kMostTimeouts * answerTimeout_;
        MonotonicTime deadline = begun + answerTimeout_;
        EventBatchBuilder builder(0, count);
        for (std::size_t taken = 0; taken < count;) {
            auto message = process_.next();
            if (!message) return std::move(message).error();
            if (*message) {
                MILLRACE_TRY(add(**message, builder));
                ++taken;
                deadline = std::min(last, clock_.now() + answerTimeout_);
                continue;
            }
            // What comes later would be taken for the answers to others.
            if (wakeUp_.waitsEnded())
                return process_.fail({ErrorCode::cancelled, "stopped while the command worked", true});
            if (clock_.now() >= deadline) return process_.fail(slow(count, taken, clock_.now() - begun));
            wakeUp_.wait(deadline);
        }
        return builder.finish();
    }

    static Error slow(std::size_t count, std::size_t taken, std::chrono::nanoseconds time) {
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
        return failure(ErrorCode::timeout, "command-silent",
                       {std::to_string(count), std::to_string(taken), std::to_string(ms)});
    }

    Status add(CommandMessage& message, EventBatchBuilder& builder) {
        auto* event = std::get_if<CommandEvent>(&message);
        const auto* note = std::get_if<CommandNote>(&message);
        if (note && note->kind == CommandNote::Kind::nothing) return ok();
        if (!event) return process_.fail(failure(ErrorCode::protocol, "command-no-event"));
        const bool same = event->headers && last_ && *event->headers == *last_;
        if (!same) last_ = std::move(event->headers);
        builder.setHeaders(last_);
        (void)builder.add(event->body);
        return ok();
    }

    WakeUp& wakeUp_;
    ThreadClock& clock_;
    const std::chrono::milliseconds answerTimeout_;
    HeaderSetPtr last_;
    CommandProcess process_;
};

Result<std::unique_ptr<Interceptor>> makeCommandInterceptor(Settings& settings, const ComponentServices& services) {
    CommandInterceptorOptions options;
    options.command = readCommandOptions(settings);
    options.answerTimeout = settings.duration("answerTimeout");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Interceptor>(std::make_unique<CommandInterceptor>(options, services));
}

} // namespace

MILLRACE_COMPONENT(CommandInterceptor, "millrace.CommandInterceptor", &makeCommandInterceptor)

} // namespace millrace::flume
