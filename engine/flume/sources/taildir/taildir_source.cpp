#include "flume/sources/taildir/taildir_source.h"

#include "flume/registry.h"
#include "flume/support/counted_batches.h"
#include "flume/support/home.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace millrace::flume {
namespace {

/// How often what no watch tells of is looked at: files without a matching name, directories that are not there.
constexpr std::chrono::milliseconds kLookInterval{1000};
/// And all the rest, in case something was missed.
constexpr std::chrono::milliseconds kSafetyInterval{30'000};
/// After positions could not be saved, the next try comes not sooner than that.
constexpr std::chrono::milliseconds kUnsavedInterval{1000};

Error needsDirectory(const Settings& settings, std::string_view key, const std::string& path) {
    return {ErrorCode::invalidArgument,
            fmt::format("{}: {} = {} names no directory; write ./{}", settings.who(), key, path, path), false};
}

std::map<std::string, std::string> headersOf(const std::map<std::string, std::string>& all, const std::string& group) {
    std::map<std::string, std::string> result;
    const std::string prefix = group + '.';
    for (const auto& [key, value] : all)
        if (key.starts_with(prefix)) result[key.substr(prefix.size())] = value;
    return result;
}

} // namespace

Result<TaildirOptions> readTaildirOptions(Settings& settings, const ComponentServices& services) {
    TaildirOptions options;
    const auto names = settings.list("filegroups");
    const auto paths = settings.group("filegroups");
    const auto headers = settings.group("headers");
    for (const auto& name : names) {
        const auto found = paths.find(name);
        if (found == paths.end()) continue;
        const auto slash = found->second.rfind('/');
        if (slash == std::string::npos) return needsDirectory(settings, "filegroups." + name, found->second);
        const std::string directory = found->second.substr(0, std::max<std::size_t>(slash, 1));
        options.groups.push_back({name, services.resolve(directory).lexically_normal(), found->second.substr(slash + 1),
                                  headersOf(headers, name)});
    }
    const std::string positionFile = withHome(settings.text("positionFile"));
    if (positionFile.find('/') == std::string::npos) return needsDirectory(settings, "positionFile", positionFile);
    options.positionFile = services.resolve(positionFile).lexically_normal();
    const std::string fileHeader = settings.text("fileHeaderKey");
    if (settings.flag("fileHeader")) options.fileHeader = fileHeader;
    options.byteOffsetHeader = settings.flag("byteOffsetHeader");
    options.skipToEnd = settings.flag("skipToEnd");
    options.idleTimeout = settings.duration("idleTimeout");
    options.writePosInterval = settings.duration("writePosInterval");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    options.maxBatchCount = settings.number("maxBatchCount");
    if (options.maxBatchCount <= 0) options.maxBatchCount = INT64_MAX;
    (void)settings.flag("cachePatternMatching"); // directories are listed when they changed, always
    MILLRACE_TRY(settings.status());
    if (options.groups.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": no file group has a path; set filegroups.NAME",
                     false};
    return options;
}

TaildirSource::TaildirSource(TaildirOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Result<std::vector<TailGroup>> TaildirSource::compileGroups() const {
    std::vector<TailGroup> groups;
    for (const auto& group : options_.groups) {
        auto pattern = java::JavaRegex::compile(group.pattern);
        if (!pattern) return pattern.error().in("filegroups." + group.name);
        pattern->warnIn(*services_.log, services_.id);
        groups.push_back({group.name, group.directory, std::move(*pattern),
                          HeaderSet({group.headers.begin(), group.headers.end()})});
    }
    return groups;
}

Status TaildirSource::start() {
    auto groups = compileGroups();
    if (!groups) return std::move(groups).error();
    // What an aborted run left undelivered belongs to files that go now; it is read again.
    pending_.reset();
    pendingFile_ = nullptr;
    moved_ = false;
    lastFiles_ = 0;
    files_ =
        std::make_unique<TailSet>(services_, std::move(*groups), options_.fileHeader);
    MILLRACE_TRY(services_.disk->makeDirectories(options_.positionFile.parent_path()));
    auto positions = readTailPositions(*services_.disk, options_.positionFile);
    if (positions)
        files_->restore(std::move(*positions));
    else if (positions.error().code == ErrorCode::corrupt)
        services_.log->warning(services_.id, "{}; all files are read as new ones", positions.error().message);
    else
        return std::move(positions).error();

    WakeUp* wakeUp = services_.wakeUp;
    watcher_.reset();
    auto watcher = DirectoryWatcher::make([wakeUp] { wakeUp->notify(); });
    if (watcher)
        watcher_ = std::move(*watcher);
    else
        services_.log->warning(services_.id, "{}; files are looked at every second", watcher.error().message);
    unwatched_.clear();
    foreign_.clear();
    for (const auto& directory : files_->directories()) {
        if (watcher_ && !watcher_->watch(directory)) unwatched_.insert(directory);
        if (!DirectoryWatcher::seesAllOf(directory)) foreign_.insert(directory);
        MILLRACE_TRY(files_->scan(directory, options_.skipToEnd));
    }
    nextScan_ = services_.clock->now() + kSafetyInterval;
    nextLook_ = services_.clock->now() + kLookInterval;
    nextWrite_ = {};
    stopped_ = false;
    return ok();
}

void TaildirSource::stop() {
    if (files_ && !stopped_) {
        applyChanges();
        files_->lookAtDetached();
        scanAll(); // what was written a moment ago may not have been told yet
        lastFiles_ = files_->unreadFiles();
    }
    stopped_ = true;
    watcher_.reset();
    if (files_) writePositions();
}

Status TaildirSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readTaildirOptions(settings, services_);
    if (!options) return std::move(options).error();
    for (std::size_t i = 0; i < options->groups.size() && i < options_.groups.size(); ++i)
        if (options->groups[i].headers != options_.groups[i].headers) return Error{ErrorCode::unsupported, {}};
    options_.batchSize = options->batchSize;
    return ok();
}

void TaildirSource::scan(const std::filesystem::path& directory) {
    if (Status scanned = files_->scan(directory, false); !scanned) {
        if (unwatched_.insert(directory).second)
            services_.log->warning(services_.id, "{}; it is looked at until it can be read", scanned.error().message);
        return;
    }
    if (watcher_ && unwatched_.contains(directory) && watcher_->watch(directory)) {
        unwatched_.erase(directory);
        (void)files_->scan(directory, false); // what came between the listing and the watch
    }
}

void TaildirSource::scanAll() {
    for (const auto& directory : files_->directories())
        scan(directory);
    nextScan_ = services_.clock->now() + kSafetyInterval;
}

bool TaildirSource::isUntold(const std::filesystem::path& directory) const {
    return !watcher_ || unwatched_.contains(directory) || foreign_.contains(directory) ||
           files_->linked().contains(directory);
}

bool TaildirSource::anyUntold() const {
    return !watcher_ || files_->anyDetached() || !unwatched_.empty() || !foreign_.empty() || !files_->linked().empty();
}

void TaildirSource::lookAtUntold() {
    files_->lookAtDetached();
    for (const auto& directory : files_->directories())
        if (isUntold(directory)) scan(directory);
    nextLook_ = services_.clock->now() + kLookInterval;
}

void TaildirSource::applyChanges() {
    if (watcher_) {
        const DirectoryChanges changes = watcher_->take();
        for (const auto& [from, to] : changes.renamed)
            files_->noteRenamed(from, to);
        for (const auto& path : changes.written)
            files_->noteWritten(path);
        for (const auto& directory : changes.vanished)
            unwatched_.insert(directory);
        if (changes.everything || !changes.vanished.empty())
            nextScan_ = {};
        else
            for (const auto& directory : changes.listings)
                scan(directory);
    }
    const auto now = services_.clock->now();
    if (anyUntold() && now >= nextLook_) lookAtUntold();
    if (now >= nextScan_) scanAll();
}

bool TaildirSource::read(TailFile& file, bool takeUnfinished) {
    EventBatchBuilder builder(0, options_.batchSize);
    auto end =
        files_->reader().readLines(file, {options_.batchSize, options_.byteOffsetHeader, takeUnfinished}, builder);
    if (!end) {
        (*services_.counters)[FlumeCounter::eventReadFail].addFromOwner(1);
        if (!file.complained) services_.log->warning(services_.id, "{}", end.error().message);
        file.complained = true;
        return false;
    }
    pending_ = builder.finish();
    pendingFile_ = &file;
    pendingEnd_ = *end;
    return pending_ != nullptr;
}

Result<Cycle> TaildirSource::cycle(ChannelProcessor& output) {
    if (!files_) return Cycle::idle();
    if (pending_) return deliver(output);
    if (stopped_) return readLast(output);
    applyChanges();
    while (TailFile* file = files_->current()) {
        if (!read(*file, false)) { // only an unfinished line, if anything
            files_->done();
            continue;
        }
        const bool full = pending_->size() == options_.batchSize;
        if (!full)
            files_->done();
        else if (++file->batchesInRow >= options_.maxBatchCount)
            files_->rotate();
        return deliver(output);
    }
    while (TailFile* file = files_->closeIdle(services_.clock->now() - options_.idleTimeout)) {
        if (read(*file, true)) return deliver(output);
        files_->close(*file);
    }
    return nothingToRead();
}

Result<Cycle> TaildirSource::readLast(ChannelProcessor& output) {
    while (lastFiles_ > 0) {
        --lastFiles_;
        TailFile* file = files_->current();
        if (!file) break;
        const bool any = read(*file, false);
        files_->done();
        if (any) return deliver(output);
    }
    lastFiles_ = 0;
    return Cycle::idle();
}

Result<Cycle> TaildirSource::deliver(ChannelProcessor& output) {
    if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
        return Cycle::backoff(std::move(processed).error());
    pending_.reset();
    pendingFile_->position = pendingEnd_;
    pendingFile_->size = std::max(pendingFile_->size, pendingEnd_);
    pendingFile_->lastActivity = services_.clock->now();
    moved_ = true;
    if (stopped_ || services_.clock->now() >= nextWrite_) writePositions();
    return Cycle::ready();
}

Cycle TaildirSource::nothingToRead() {
    const auto now = services_.clock->now();
    MonotonicTime wakeAt = nextScan_;
    if (moved_ && now >= nextWrite_) writePositions();
    if (moved_) wakeAt = std::min(wakeAt, nextWrite_);
    if (const auto oldest = files_->oldestActivity()) wakeAt = std::min(wakeAt, *oldest + options_.idleTimeout);
    if (anyUntold()) wakeAt = std::min(wakeAt, nextLook_);
    return Cycle::idle(wakeAt);
}

void TaildirSource::writePositions() {
    nextWrite_ = services_.clock->now() + options_.writePosInterval;
    if (!moved_) return;
    if (Status written = writeTailPositions(*services_.disk, options_.positionFile, files_->positions()); !written) {
        if (!unsavedTold_)
            services_.log->warning(services_.id, "the positions were not saved: {}", written.error().message);
        unsavedTold_ = true;
        nextWrite_ = std::max(nextWrite_, services_.clock->now() + kUnsavedInterval);
        return;
    }
    if (std::exchange(unsavedTold_, false)) services_.log->info(services_.id, "the positions are saved again");
    moved_ = false;
}

Result<std::unique_ptr<Source>> makeTaildirSource(Settings& settings, const ComponentServices& services) {
    auto options = readTaildirOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<TaildirSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(TaildirSource, "org.apache.flume.source.taildir.TaildirSource", &makeTaildirSource)

} // namespace millrace::flume
