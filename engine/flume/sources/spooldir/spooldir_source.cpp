#include "flume/sources/spooldir/spooldir_source.h"

#include "flume/sentences.h"
#include "flume/support/counted_batches.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace millrace::flume {
namespace {

constexpr const char* kTrackerFile = ".flumespool-main.meta";
/// In case a change was missed.
constexpr std::chrono::milliseconds kSafetyInterval{30'000};

Error stuck(const std::filesystem::path& file, const Error& error) {
    return failure(error.code, "spool-file-stuck", {file.string(), error.message});
}

} // namespace

SpooldirSource::SpooldirSource(SpooldirOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status SpooldirSource::start() {
    close();
    stopped_ = false;
    auto directory = SpoolDirectory::make(options_.directory, services_);
    if (!directory) return std::move(directory).error();
    auto info = services_.disk->info(options_.directory.directory);
    if (!info) return info.error().in("spoolDir");
    if (!info->directory)
        return Error{ErrorCode::io, fmt::format("spoolDir {} is no directory", options_.directory.directory.string()),
                     false};
    MILLRACE_TRY(services_.disk->makeDirectories(options_.directory.trackerDirectory));
    if (!options_.directory.marksInTracker) MILLRACE_TRY(checkWritable());
    tracker_.emplace(*services_.disk, options_.directory.trackerDirectory / kTrackerFile, *services_.random);
    auto place = tracker_->read();
    if (place)
        restored_ = std::move(*place);
    else if (place.error().code == ErrorCode::corrupt)
        services_.log->warning(services_.id, "{}; the file that was begun is read from its beginning",
                               place.error().message);
    else
        return std::move(place).error();
    // What it names was marked, but the power went before the tracker file did.
    if (restored_ && !services_.disk->info(restored_->file)) {
        restored_.reset();
        MILLRACE_TRY(tracker_->remove());
    }
    directory_ = std::move(*directory);
    WakeUp* wakeUp = services_.wakeUp;
    auto watcher = DirectoryWatcher::make([wakeUp] { wakeUp->notify(); });
    if (watcher) watcher_ = std::move(*watcher);
    nextLook_ = services_.clock->now();
    return ok();
}

/// What is read has to be renamed or removed.
Status SpooldirSource::checkWritable() const {
    const auto probe = options_.directory.directory / ".flumespool-probe";
    const auto file = services_.disk->open(probe, OpenMode::truncate);
    if (!file) return file.error().in("files in spoolDir cannot be renamed");
    return services_.disk->remove(probe);
}

void SpooldirSource::stop() {
    stopped_ = true;
    watcher_.reset();
}

void SpooldirSource::close() {
    if (tracker_ && current_ && current_->committed > 0) storePlace();
    watcher_.reset();
    pending_.reset();
    current_.reset();
    restored_.reset();
    lookFailure_.reset();
}

Status SpooldirSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readSpooldirOptions(settings, services_);
    if (!options) return std::move(options).error();
    options_.batchSize = options->batchSize;
    return ok();
}

bool SpooldirSource::lookIsDue() {
    const MonotonicTime now = services_.clock->now();
    if (watcher_ && !watcher_->take().empty()) nextLook_ = std::min(nextLook_, now + options_.pollDelay);
    return now >= nextLook_;
}

void SpooldirSource::watch() {
    seesAll_ = watcher_ != nullptr;
    for (const auto& directory : directory_->directories()) {
        if (!seesAll_) return;
        seesAll_ = watcher_->watch(directory).has_value() && DirectoryWatcher::seesAllOf(directory);
    }
}

void SpooldirSource::look() {
    lookFailure_.reset();
    if (Status looked = directory_->look(); !looked) lookFailure_ = looked.error().in("spoolDir");
    watch();
    const bool soon = !seesAll_ || lookFailure_ || directory_->anyUnsettled();
    nextLook_ = services_.clock->now() + (soon ? options_.pollDelay : std::max(options_.pollDelay, kSafetyInterval));
}

/// False when no file waits. The one that an earlier run had begun is the first.
bool SpooldirSource::openNext() {
    if (lookIsDue()) look();
    for (;;) {
        auto info = restored_ ? directory_->take(restored_->file) : std::nullopt;
        if (!info) info = directory_->next();
        if (!info) return false;
        auto opened = open(*info);
        if (opened) {
            current_ = std::move(*opened);
            return true;
        }
        if (opened.error().code == ErrorCode::notFound) continue; // somebody else took it
        // The others are not kept waiting; it is tried again with the next look.
        lookFailure_ = stuck(info->path, opened.error());
        nextLook_ = std::min(nextLook_, services_.clock->now() + options_.pollDelay);
    }
}

Result<std::unique_ptr<SpooldirSource::Current>> SpooldirSource::open(const FileInfo& info) {
    auto current = std::make_unique<Current>();
    auto file = services_.disk->open(info.path, OpenMode::read);
    if (!file) return std::move(file).error();
    auto now = services_.disk->info(info.path);
    if (!now) return std::move(now).error();
    current->info = std::move(*now);
    DeserializerInput input;
    input.file = std::move(*file);
    input.size = current->info.size;
    input.position = placeOf(current->info);
    input.charset = options_.charset;
    input.errors = options_.decodeErrors;
    current->committed = current->stored = input.position;
    auto deserializer = options_.deserializer(input);
    if (!deserializer) return std::move(deserializer).error();
    current->deserializer = std::move(*deserializer);
    std::vector<std::pair<std::string, std::string>> headers;
    if (options_.fileHeader) headers.emplace_back(*options_.fileHeader, info.path.string());
    if (options_.basenameHeader) headers.emplace_back(*options_.basenameHeader, info.path.filename().string());
    if (!headers.empty()) current->headers = std::make_shared<const HeaderSet>(std::move(headers));
    return current;
}

/// Where an earlier run had come in this file; another file of the same name is read from its beginning.
std::uint64_t SpooldirSource::placeOf(const FileInfo& info) {
    if (!restored_ || restored_->file != info.path.string()) return 0;
    const SpoolTracker::Place place = *std::exchange(restored_, std::nullopt);
    if (place.position <= info.size && (place.inode == 0 || place.inode == info.inode)) return place.position;
    services_.log->warning(services_.id,
                           "{} is not the file that was begun under this name; it is read from its beginning",
                           info.path.string());
    return 0;
}

/// The next batch, if there is one.
Status SpooldirSource::readOn() {
    EventBatchBuilder builder(0, options_.batchSize);
    builder.setHeaders(current_->headers);
    if (Status read = current_->deserializer->read(options_.batchSize, builder); !read) {
        (*services_.counters)[FlumeCounter::eventReadFail].addFromOwner(1);
        return read;
    }
    // A file that is there has an event, though nothing is in it: it may be a sign.
    if (builder.empty() && current_->info.size == 0 && current_->delivered == 0) (void)builder.add("");
    pending_ = withHeaders(builder.finish());
    pendingEnd_ = current_->deserializer->position();
    return ok();
}

/// The deserializer may have headers of its own.
EventBatchPtr SpooldirSource::withHeaders(EventBatchPtr batch) const {
    if (!batch || !current_->headers) return batch;
    std::vector<HeaderSetPtr> sets;
    bool changed = false;
    for (const HeaderSetPtr& set : batch->sets()) {
        const bool own = set != current_->headers;
        changed = changed || own;
        HeaderSet together = *set;
        for (const auto& [key, value] : current_->headers->entries())
            if (own) together = together.with(key, value);
        sets.push_back(own ? std::make_shared<const HeaderSet>(std::move(together)) : set);
    }
    const auto indexes = batch->setIndexes();
    return changed ? batch->withHeaders(std::move(sets), {indexes.begin(), indexes.end()}) : batch;
}

/// All that was in the file is read. An error when it has changed otherwise than by growing.
Result<SpooldirSource::AtEnd> SpooldirSource::lookAtEnd() {
    FileInfo& known = current_->info;
    auto info = services_.disk->info(known.path);
    if (!info && info.error().code != ErrorCode::notFound) return std::move(info).error();
    if (!info || info->inode != known.inode) return AtEnd::gone;
    if (info->size == known.size && info->modifiedMs == known.modifiedMs) return AtEnd::whole;
    if (info->size <= known.size)
        return failure(ErrorCode::io, "spool-file-changed", {known.path.string(), std::to_string(current_->committed)});
    if (!std::exchange(current_->growthTold, true))
        services_.log->warning(services_.id,
                               "{} grows while it is read; a file must be whole when it gets its name in spoolDir",
                               known.path.string());
    known = std::move(*info);
    current_->deserializer->grown(known.size);
    return AtEnd::grown;
}

/// The file could not be read on. What has its name now may be another one, or mended: then it is looked at anew.
Result<bool> SpooldirSource::letGoIfChanged() {
    const FileInfo& known = current_->info;
    auto info = services_.disk->info(known.path);
    if (!info && info.error().code != ErrorCode::notFound) return std::move(info).error();
    const bool same = info && info->inode == known.inode;
    if (same && info->size == known.size && info->modifiedMs == known.modifiedMs) return false;
    services_.log->warning(services_.id, "{}, which could not be read on, was {}", known.path.string(),
                           same ? "changed" : "taken away or replaced");
    // As long as it is open no other file has its inode. One that was cut is not what was delivered of it.
    if (same && info->size >= known.size)
        restored_ = SpoolTracker::Place{known.path.string(), current_->committed, known.inode};
    else if (tracker_->exists())
        MILLRACE_TRY(tracker_->remove());
    current_.reset();
    nextLook_ = services_.clock->now();
    return true;
}

Status SpooldirSource::finishFile() {
    const std::filesystem::path file = current_->info.path;
    if (!current_->marked) {
        const auto end = lookAtEnd();
        MILLRACE_TRY(end);
        if (*end == AtEnd::grown) return ok();
        if (*end == AtEnd::whole) MILLRACE_TRY(mark(file));
        if (*end == AtEnd::gone)
            services_.log->warning(services_.id, "{} was taken away or replaced while it was read", file.string());
        current_->marked = true;
    }
    if (tracker_->exists()) {
        // The new name has to be there for good before the place in the file goes.
        MILLRACE_TRY(syncNames());
        MILLRACE_TRY(tracker_->remove());
    }
    current_.reset();
    return ok();
}

Status SpooldirSource::mark(const std::filesystem::path& file) {
    if (options_.directory.marksInTracker) return markInTracker(file);
    MILLRACE_TRY(changedNamesIn(file.parent_path()));
    if (options_.deletes) return services_.disk->remove(file);
    const std::filesystem::path done = file.string() + options_.directory.suffix;
    if (services_.disk->info(done))
        return failure(ErrorCode::alreadyExists, "spool-name-used", {file.string(), done.string()});
    return services_.disk->rename(file, done);
}

Status SpooldirSource::markInTracker(const std::filesystem::path& file) {
    const auto marker = directory_->markerOf(file);
    MILLRACE_TRY(services_.disk->makeDirectories(marker.parent_path()));
    MILLRACE_TRY(changedNamesIn(marker.parent_path()));
    const auto made = services_.disk->open(marker, OpenMode::append);
    if (!made) return made.error();
    return ok();
}

/// Names are put on stable storage when nothing else is to be done, those of one directory together.
Status SpooldirSource::changedNamesIn(const std::filesystem::path& directory) {
    if (directory != unsynced_) MILLRACE_TRY(syncNames());
    unsynced_ = directory;
    return ok();
}

Status SpooldirSource::syncNames() {
    if (unsynced_.empty()) return ok();
    Status synced = services_.disk->syncDirectory(unsynced_);
    // A directory that is gone has no names.
    if (!synced && synced.error().code != ErrorCode::notFound) return synced;
    unsynced_.clear();
    return ok();
}

void SpooldirSource::storePlace() {
    if (current_->stored == current_->committed) return;
    const Status stored = tracker_->store({current_->info.path.string(), current_->committed, current_->info.inode});
    if (stored) current_->stored = current_->committed;
    if (!stored && !std::exchange(placeUntold_, true))
        services_.log->warning(services_.id, "the place in {} was not stored: {}", current_->info.path.string(),
                               stored.error().message);
    if (stored && std::exchange(placeUntold_, false))
        services_.log->info(services_.id, "the place in {} is stored again", current_->info.path.string());
}

Result<Cycle> SpooldirSource::deliver(ChannelProcessor& output) {
    const std::size_t count = pending_->size();
    if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
        return Cycle::backoff(std::move(processed).error());
    pending_.reset();
    current_->committed = pendingEnd_;
    current_->delivered += count;
    // A file that ends here needs no place: it is marked as done with the next step.
    const Status read = readOn();
    if (!read || pending_) storePlace();
    if (stopped_) pending_.reset(); // it is read again
    if (!read) return Cycle::backoff(stuck(current_->info.path, read.error()));
    return Cycle::ready();
}

Cycle SpooldirSource::sleep() {
    if (Status synced = syncNames(); !synced) return Cycle::backoff(std::move(synced).error());
    return lookFailure_ ? Cycle::backoff(*lookFailure_) : Cycle::idle(nextLook_);
}

Result<Cycle> SpooldirSource::cycle(ChannelProcessor& output) {
    if (!directory_) return Cycle::idle();
    if (pending_) return deliver(output);
    if (stopped_) return Cycle::idle();
    if (!current_ && !openNext()) return sleep();
    if (Status read = readOn(); !read) {
        const std::filesystem::path file = current_->info.path;
        const auto changed = letGoIfChanged();
        return changed && *changed ? Cycle::ready() : Cycle::backoff(stuck(file, read.error()));
    }
    if (pending_) return Cycle::ready();
    if (Status finished = finishFile(); !finished) {
        storePlace();
        return Cycle::backoff(finished.error());
    }
    return Cycle::ready();
}

} // namespace millrace::flume
