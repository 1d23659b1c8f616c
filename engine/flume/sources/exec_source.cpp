#include "flume/sources/exec_source.h"

#include "flume/registry.h"
#include "flume/support/command_line.h"
#include "flume/support/counted_batches.h"
#include "java/java_utf8.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

namespace millrace::flume {
namespace {

constexpr std::chrono::milliseconds kGrace{100};

} // namespace

Result<ExecOptions> readExecOptions(Settings& settings) {
    ExecOptions options;
    options.arguments = readCommandLine(settings);
    options.restart = settings.flag("restart");
    options.restartThrottle = settings.duration("restartThrottle");
    options.logStdErr = settings.flag("logStdErr");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    (void)settings.duration("batchTimeout"); // an upper bound that is never reached
    const auto charset = charsetOf(settings, "charset");
    MILLRACE_TRY(charset);
    // Decoded and encoded again these come out as they were.
    if (!isPassedOn(**charset) && (*charset)->name != "ISO-8859-1") options.charset = *charset;
    return options;
}

ExecSource::ExecSource(ExecOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status ExecSource::prepareCharset() {
    if (options_.charset == nullptr || decoder_) return ok();
    auto decoder = java::CharsetDecoder::of(*options_.charset);
    if (!decoder) return std::move(decoder).error();
    auto encoder = java::CharsetEncoder::of(*options_.charset);
    if (!encoder) return std::move(encoder).error();
    decoder_ = std::move(*decoder);
    encoder_ = std::move(*encoder);
    return ok();
}

Status ExecSource::start() {
    MILLRACE_TRY(prepareCharset());
    restartAt_.reset();
    restartFailure_.reset();
    stopped_ = false;
    return startCommand();
}

Status ExecSource::startCommand() {
    child_.reset();
    complete_ = false;
    WakeUp* wakeUp = services_.wakeUp;
    auto child = ChildProcess::start(options_.arguments, services_.runDirectory, [wakeUp] { wakeUp->notify(); });
    if (!child) return std::move(child).error();
    child_ = std::move(*child);
    return ok();
}

void ExecSource::stop() {
    stopped_ = true;
    restartAt_.reset();
    restartFailure_.reset();
    if (!child_) return;
    child_->stop();
    readOutput();
    child_.reset();
    complete_ = true;
}

Status ExecSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readExecOptions(settings);
    if (!options) return std::move(options).error();
    options_.batchSize = options->batchSize;
    return ok();
}

void ExecSource::readOutput() {
    ChildProcess::Output output = child_->take();
    if (options_.logStdErr)
        for (const auto& line : output.errors)
            services_.log->info(services_.id, "stderr: {}", line);
    text_.erase(0, used_);
    used_ = 0;
    if (decoder_) {
        decoder_->decode(output.out, text_);
        if (output.ended || stopped_) decoder_->finish(text_);
    } else {
        text_ += output.out;
    }
    if (output.ended && !stopped_) commandEnded();
}

void ExecSource::commandEnded() {
    const int code = child_->stop(kGrace);
    child_.reset();
    complete_ = true;
    if (options_.restart) {
        services_.log->info(services_.id, "the command ended with {}; it starts again in {} ms", code,
                           options_.restartThrottle.count());
        restartAt_ = services_.clock->now() + options_.restartThrottle;
    } else {
        services_.log->warning(services_.id, "the command ended with {}; set restart = true to run it again", code);
    }
}

/// False when no line is complete.
bool ExecSource::addLine(EventBatchBuilder& builder) {
    const std::string_view rest = std::string_view(text_).substr(used_);
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (end == std::string_view::npos) {
        const bool cut = rest.size() >= kLongestLine;
        if (!cut && (!complete_ || rest.empty())) return false;
        line = rest.substr(0, kLongestLine);
        while (decoder_ && cut && line.size() < rest.size() && java::isUtf8Continuation(rest[line.size()]))
            line.remove_suffix(1);
        used_ += line.size();
    } else {
        used_ += end + 1;
        if (line.ends_with('\r')) line.remove_suffix(1);
    }
    std::string encoded;
    if (encoder_) encoder_->encode(line, encoded);
    (void)builder.add(encoder_ ? std::string_view(encoded) : line);
    return true;
}

EventBatchPtr ExecSource::nextBatch() {
    EventBatchBuilder builder(0, options_.batchSize);
    while (builder.size() < options_.batchSize && addLine(builder)) {
    }
    if (used_ == text_.size()) {
        text_.clear();
        used_ = 0;
    }
    return builder.finish();
}

Result<Cycle> ExecSource::cycle(ChannelProcessor& output) {
    if (pending_) return deliver(output);
    pending_ = nextBatch();
    if (!pending_ && child_) {
        readOutput();
        pending_ = nextBatch();
    }
    if (pending_) return deliver(output);
    if (restartAt_ && services_.clock->now() >= *restartAt_) return restart();
    return pauseBeforeRestart();
}

Cycle ExecSource::restart() {
    if (Status started = startCommand(); !started) {
        restartAt_ = services_.clock->now() + options_.restartThrottle;
        restartFailure_ = std::move(started).error();
        return pauseBeforeRestart();
    }
    restartAt_.reset();
    restartFailure_.reset();
    return Cycle::ready();
}

/// A command that could not be started again stays a failure until it can.
Cycle ExecSource::pauseBeforeRestart() const {
    return restartFailure_ ? Cycle::backoff(*restartFailure_) : Cycle::idle(restartAt_);
}

Result<Cycle> ExecSource::deliver(ChannelProcessor& output) {
    if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
        return Cycle::backoff(std::move(processed).error());
    pending_.reset();
    return Cycle::ready();
}

Result<std::unique_ptr<Source>> makeExecSource(Settings& settings, const ComponentServices& services) {
    auto options = readExecOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<ExecSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(ExecSource, "org.apache.flume.source.ExecSource", &makeExecSource)

} // namespace millrace::flume
