#include "flume/command/command_source.h"

#include "flume/registry.h"
#include "flume/sentences.h"
#include "flume/support/counted_batches.h"

#include <utility>

namespace millrace::flume {

Result<CommandSourceOptions> readCommandSourceOptions(Settings& settings) {
    CommandSourceOptions options;
    options.command = readCommandOptions(settings);
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.restart = settings.flag("restart");
    MILLRACE_TRY(settings.status());
    return options;
}

CommandSource::CommandSource(CommandSourceOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status CommandSource::start() {
    stopped_ = false;
    failure_.reset();
    pending_.reset();
    acknowledgedStart_ = 0;
    WakeUp* wakeUp = services_.wakeUp;
    process_ = std::make_unique<CommandProcess>(options_.command, services_, [wakeUp] { wakeUp->notify(); });
    return process_->ensureRunning();
}

Status CommandSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readCommandSourceOptions(settings);
    if (!options) return std::move(options).error();
    options_.batchSize = options->batchSize;
    return ok();
}

/// False when there is nothing more now.
Result<bool> CommandSource::addNext(EventBatchBuilder& builder) {
    auto message = process_->next();
    if (!message) return std::move(message).error();
    if (!*message) return false;
    auto* event = std::get_if<CommandEvent>(&**message);
    if (!event) return process_->fail(failure(ErrorCode::protocol, "command-no-event", {}));
    builder.setHeaders(std::move(event->headers));
    return builder.add(event->body);
}

EventBatchPtr CommandSource::nextBatch() {
    EventBatchBuilder builder(0, options_.batchSize);
    while (builder.size() < options_.batchSize && builder.bodyBytes() < kBatchBytes) {
        const auto added = addNext(builder);
        if (!added) failure_ = added.error();
        if (!added || !*added) break;
    }
    return builder.finish();
}

Result<Cycle> CommandSource::cycle(ChannelProcessor& output) {
    if (pending_) return deliver(output);
    if (stopped_) return Cycle::idle();
    if (!process_->running()) return waiting();
    pending_ = nextBatch();
    if (pending_) return deliver(output);
    if (failure_) return waiting();
    return Cycle::idle();
}

/// The command does not run.
Cycle CommandSource::waiting() {
    if (!options_.restart && process_->starts() > 0) {
        if (!process_->endedWell()) return Cycle::backoff(*failure_);
        if (std::exchange(failure_, {})) services_.log->info(services_.id, "the command has ended with exit code 0");
        return Cycle::idle();
    }
    failure_.reset();
    const Status started = process_->ensureRunning();
    return started ? Cycle::ready() : Cycle::backoff(started.error());
}

Result<Cycle> CommandSource::deliver(ChannelProcessor& output) {
    const std::size_t size = pending_->size();
    if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
        return Cycle::backoff(std::move(processed).error());
    pending_.reset();
    if (std::exchange(acknowledgedStart_, process_->starts()) != process_->starts()) acknowledged_ = 0;
    acknowledged_ += size;
    process_->worked();
    std::string note;
    appendCommandNote(process_->format(), "ack", acknowledged_, note);
    process_->send(note);
    return Cycle::ready();
}

Result<std::unique_ptr<Source>> makeCommandSource(Settings& settings, const ComponentServices& services) {
    auto options = readCommandSourceOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<CommandSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(CommandSource, "millrace.CommandSource", &makeCommandSource)

} // namespace millrace::flume
