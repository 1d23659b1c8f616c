#include "flume/sinks/file_roll_sink.h"

#include "flume/registry.h"
#include "base/clock.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {

Result<FileRollOptions> readFileRollOptions(Settings& settings, const ComponentServices& services) {
    FileRollOptions options;
    options.directory = services.resolve(settings.text("sink.directory"));
    options.rollInterval = settings.duration("sink.rollInterval");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("sink.batchSize")));
    const std::string serializer = settings.text("sink.serializer");
    const auto ofSerializer = settings.group("sink.serializer");
    const std::string pathManager = settings.text("sink.pathManager");
    auto ofPaths = settings.group("sink.pathManager");
    ofPaths["prefix"] = settings.text("sink.pathManager.prefix");
    ofPaths["extension"] = settings.text("sink.pathManager.extension");
    MILLRACE_TRY(settings.status());
    auto makeSerializer = serializerMaker(serializer, {ofSerializer.begin(), ofSerializer.end()}, services);
    if (!makeSerializer) return makeSerializer.error().in(settings.who() + ": sink.serializer");
    options.serializer = std::move(*makeSerializer);
    auto paths = pathManagerMaker(pathManager, {ofPaths.begin(), ofPaths.end()}, services);
    if (!paths) return paths.error().in(settings.who() + ": sink.pathManager");
    options.paths = std::move(*paths);
    return options;
}

FileRollSink::FileRollSink(FileRollOptions options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
      options_(std::move(options)) {}

Status FileRollSink::start() {
    closeFile();
    auto info = services().disk->info(options_.directory);
    if (!info) return info.error().in("sink.directory");
    if (!info->directory)
        return Error{ErrorCode::io, fmt::format("sink.directory {} is no directory", options_.directory.string()),
                     false};
    paths_ = options_.paths();
    return ok();
}

void FileRollSink::stop() {
    closeFile();
}

Status FileRollSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readFileRollOptions(settings, services());
    if (!options) return std::move(options).error();
    setBatchSize(options->batchSize);
    return ok();
}

void FileRollSink::closeFile() {
    if (!file_) return;
    file_.reset();
    serializer_.reset();
    (*services().counters)[FlumeCounter::connectionClosed].addFromOwner(1);
}

Status FileRollSink::openNext() {
    CounterSet& counters = *services().counters;
    path_ = options_.directory / paths_->next();
    const bool isNew = !services().disk->info(path_);
    auto file = services().disk->open(path_, OpenMode::append);
    auto serializer = options_.serializer();
    buffer_.clear();
    serializer->begin(buffer_);
    Status opened = file ? (*file)->append({reinterpret_cast<const std::uint8_t*>(buffer_.data()), buffer_.size()})
                         : Status(file.error());
    if (!opened) {
        // Each try has a name of its own: a full disk would collect a file without events for each of them.
        if (isNew && file) (void)services().disk->remove(path_).has_value();
        counters[FlumeCounter::connectionFailed].addFromOwner(1);
        return opened;
    }
    file_ = std::move(*file);
    serializer_ = std::move(serializer);
    size_ = buffer_.size();
    rollAt_ = services().clock->now() + options_.rollInterval;
    counters[FlumeCounter::connectionCreated].addFromOwner(1);
    return ok();
}

Cycle FileRollSink::idle() const {
    return options_.rollInterval.count() > 0 ? Cycle::idle(rollAt_) : Cycle::idle();
}

Status FileRollSink::send(std::span<const EventRange> ranges, std::size_t) {
    buffer_.clear();
    for (const EventRange& range : ranges)
        for (std::size_t i = range.first; i < range.last; ++i)
            serializer_->add(range.batch->headers(i), range.batch->body(i), buffer_);
    serializer_->endBatch(buffer_);
    const Status written = file_->append({reinterpret_cast<const std::uint8_t*>(buffer_.data()), buffer_.size()});
    if (written) {
        size_ += buffer_.size();
        return ok();
    }
    // What got through of the batch must go, for all of it comes again. If even that fails a new file is begun.
    if (!file_->truncate(size_)) closeFile();
    return written;
}

Status FileRollSink::prepare() {
    if (file_ && options_.rollInterval.count() > 0 && services().clock->now() >= rollAt_) closeFile();
    return file_ ? ok() : openNext();
}

Result<std::unique_ptr<Sink>> makeFileRollSink(Settings& settings, const ComponentServices& services) {
    auto options = readFileRollOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<FileRollSink>(std::move(*options), services));
}

MILLRACE_COMPONENT(FileRollSink, "org.apache.flume.sink.RollingFileSink", &makeFileRollSink)

} // namespace millrace::flume
