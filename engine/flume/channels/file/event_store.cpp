#include "flume/channels/file/event_store.h"

#include "flume/channels/file/log_files.h"
#include "flume/sentences.h"

#include <algorithm>

namespace millrace::flume {

namespace {

/// Bodies up to so many bytes stay in memory until they are taken; what comes on top is read from the disk again.
constexpr std::size_t kCacheBytes = std::size_t{64} << 20;
/// So much is read again after a crash at most, at several times the speed of the disk.
constexpr std::uint64_t kCheckpointBytes = std::uint64_t{128} << 20;
/// What an event costs in memory beside its body.
constexpr std::size_t kEventBytes = 32;

std::size_t cacheBytes(const StoredRange& range) {
    return range.batch ? range.bytes + range.size() * kEventBytes : 0;
}

std::size_t eventsIn(const std::vector<StoredRange>& ranges) {
    std::size_t events = 0;
    for (const StoredRange& range : ranges)
        events += range.size();
    return events;
}

/// In order, neighbours joined.
std::vector<SequenceRange> sequencesOf(const std::vector<StoredRange>& ranges) {
    std::vector<SequenceRange> all;
    for (const StoredRange& range : ranges) {
        const SequenceRange next = range.sequences();
        if (!all.empty() && all.back().end == next.first)
            all.back().end = next.end;
        else
            all.push_back(next);
    }
    return all;
}

Checkpoint::Range placeOf(const StoredRange& range) {
    return {range.file->number(), range.position, range.sequence, range.length, range.first, range.last, range.bytes};
}

} // namespace

Result<std::shared_ptr<EventStore>> EventStore::open(const ComponentServices& services,
                                                     const FileChannelOptions& options, ChannelWaits& waits) {
    auto directories = ChannelDirectories::claim(*services.disk, options.checkpointDirectory, options.dataDirectories,
                                                 services.id + " in " + services.runDirectory.string());
    if (!directories) return directories.error();
    auto recovered = recoverChannel({*services.disk, *services.log, services.id, options.checkpointDirectory,
                                     options.dataDirectories, services.random->uuid()});
    if (!recovered) return recovered.error();
    const bool needsCheckpoint = recovered->needsCheckpoint;
    auto store = std::make_shared<EventStore>(services, options, waits, std::move(*directories), *recovered);
    auto writer = LogWriter::open({*services.disk, *services.clock, *services.log, services.id, options.dataDirectories,
                                   recovered->channel, recovered->end, recovered->nextNumber},
                                  *store);
    if (!writer) return writer.error();
    store->writer_ = std::move(*writer);
    store->setOptions(options);
    // A crash may have come between the making of a file and that of its name.
    for (const auto& directory : options.dataDirectories)
        MILLRACE_TRY(services.disk->syncDirectory(directory));
    if (needsCheckpoint) MILLRACE_TRY(store->checkpoint());
    return store;
}

EventStore::EventStore(const ComponentServices& services, const FileChannelOptions& options, ChannelWaits& waits,
                       std::unique_ptr<ChannelDirectories> directories, RecoveredChannel& recovered)
    : services_(services),
      waits_(waits),
      directories_(std::move(directories)),
      channel_(recovered.channel),
      checkpointDirectory_(options.checkpointDirectory),
      files_(recovered.files) {
    std::size_t events = 0, bytes = 0;
    for (StoredRange& range : recovered.events) {
        events += range.size();
        bytes += range.bytes;
        queue_.pushBack(std::move(range));
    }
    events_.store(events);
    ready_.store(events);
    bytes_.store(bytes);
}

void EventStore::setOptions(const FileChannelOptions& options) {
    durable_.store(options.syncEach);
    minimumSpace_.store(options.minimumSpace);
    writer_->setMaxFileBytes(options.maxFileBytes);
}

bool EventStore::reserve(std::size_t events, std::size_t capacity) {
    const std::lock_guard lock(mutex_);
    if (events_.load() + reserved_.load() + events > capacity) return false;
    reserved_.store(reserved_.load() + events);
    return true;
}

void EventStore::giveBack(std::size_t events) {
    const std::lock_guard lock(mutex_);
    reserved_.store(reserved_.load() - events);
}

Status EventStore::checkSpace() const {
    const std::filesystem::path directory = writer_->directory();
    const auto free = services_.disk->freeBytes(directory);
    if (!free) return free.error();
    const std::uint64_t needed = minimumSpace_.load();
    if (*free >= needed) return ok();
    return failure(ErrorCode::noSpace, "channel-disk-full",
                   {directory.string(), std::to_string(*free), std::to_string(needed)});
}

Status EventStore::put(std::span<const EventRange> ranges, std::size_t events) {
    const std::uint32_t seed = checksumSeed(channel_);
    LogTransaction transaction;
    for (const EventRange& range : ranges) {
        auto frame = encodePut(range, seed);
        if (!frame) {
            giveBack(events);
            return frame.error();
        }
        transaction.puts.push_back(std::move(*frame));
    }
    Status written = writer_->write(transaction, durable_.load(std::memory_order_relaxed));
    if (!written) giveBack(events);
    return written;
}

void EventStore::begun(const LogFilePtr& file) {
    const std::lock_guard lock(mutex_);
    files_.push_back(file);
}

void EventStore::cameTrue(LogTransaction& transaction) {
    const bool puts = !transaction.puts.empty();
    {
        const std::lock_guard lock(mutex_);
        if (puts) addPuts(transaction);
        if (!transaction.taken.empty()) dropTaken(transaction.owner);
    }
    if (puts && waits_.takers.any()) waits_.takers.wakeFirst();
}

void EventStore::addPuts(LogTransaction& transaction) {
    std::uint64_t sequence = transaction.sequence;
    std::size_t events = 0, bytes = 0;
    for (std::size_t i = 0; i < transaction.puts.size(); ++i) {
        PutFrame& frame = transaction.puts[i];
        const auto size = static_cast<std::uint32_t>(frame.range.size());
        StoredRange range{transaction.file,
                          transaction.positions[i],
                          sequence,
                          frame.bytes(),
                          0,
                          size,
                          static_cast<std::uint32_t>(frame.bodies.size()),
                          frame.range.first,
                          std::move(frame.range.batch)};
        sequence += size;
        events += size;
        bytes += range.bytes;
        if (cachedBytes_ + cacheBytes(range) > kCacheBytes)
            range.batch.reset();
        else
            cachedBytes_ += cacheBytes(range);
        queue_.pushBack(std::move(range));
    }
    reserved_.store(reserved_.load() - events);
    events_.store(events_.load() + events);
    ready_.store(ready_.load() + events);
    bytes_.store(bytes_.load() + bytes);
}

void EventStore::dropTaken(const void* owner) {
    const auto found = taken_.find(owner);
    std::size_t bytes = 0;
    for (const StoredRange& range : found->second) {
        bytes += range.bytes;
        cachedBytes_ -= std::min(cachedBytes_, cacheBytes(range));
    }
    events_.store(events_.load() - eventsIn(found->second));
    bytes_.store(bytes_.load() - std::min(bytes_.load(), bytes));
    taken_.erase(found);
}

Result<std::size_t> EventStore::take(const void* owner, std::size_t maxEvents, std::vector<EventRange>& into) {
    std::size_t taken = 0;
    for (;;) {
        StoredRange head;
        {
            const std::lock_guard lock(mutex_);
            std::vector<StoredRange>& own = taken_[owner];
            const std::size_t before = own.size();
            const std::size_t now = queue_.take(maxEvents - taken, own);
            for (std::size_t i = before; i < own.size(); ++i)
                into.push_back(own[i].events());
            ready_.store(ready_.load() - now);
            taken += now;
            if (own.empty()) taken_.erase(owner);
            if (taken == maxEvents || queue_.empty()) break;
            head = queue_.front();
        }
        if (const Status loaded = loadHead(head); !loaded) {
            if (taken > 0) break; // these first; the next take says what is wrong
            return loaded.error();
        }
    }
    if (ready() > 0 && waits_.takers.any()) waits_.takers.wakeFirst(); // another sink may sleep
    return taken;
}

Status EventStore::loadHead(const StoredRange& head) {
    std::vector<std::uint8_t> frame(head.length);
    Status read = head.file->read(head.position, frame);
    Result<EventBatchPtr> batch = EventBatchPtr();
    if (read) {
        batch = decodePut(frame, checksumSeed(channel_));
        if (batch && (*batch)->size() < head.last) batch = Error{ErrorCode::corrupt, "it has fewer events", false};
        if (!batch) read = batch.error();
    }
    {
        const std::lock_guard lock(mutex_);
        if (queue_.empty() || !queue_.front().sameFrame(head) || queue_.front().batch) return ok(); // taken meanwhile
        if (read) {
            queue_.load(head, std::move(*batch));
            cachedBytes_ += cacheBytes(queue_.front());
            return ok();
        }
    }
    return read.error().code == ErrorCode::corrupt ? dropDamaged(head, read.error()) : read;
}

/// Better to go on without these events than to stand still before them for ever.
Status EventStore::dropDamaged(const StoredRange& head, const Error& why) {
    const auto file = services_.disk->open(head.file->path(), OpenMode::read);
    if (!file) return file.error();
    const auto aside = setAside(*services_.disk, **file, head.file->path(), head.position, head.position + head.length);
    if (!aside) return aside.error();
    LogTransaction transaction;
    transaction.owner = &transaction;
    {
        const std::lock_guard lock(mutex_);
        StoredRange damaged;
        if (!queue_.dropFront(head, damaged)) return ok();
        ready_.store(ready_.load() - damaged.size());
        transaction.taken.push_back(damaged.sequences());
        taken_[&transaction].push_back(std::move(damaged));
    }
    services_.log->error(services_.id,
                         "{} is damaged at byte {} ({}): {} events are lost, and what is left of them was set "
                         "aside as {}",
                         head.file->path().string(), head.position, why.message, head.size(), aside->string());
    Status written = writer_->write(transaction, durable_.load());
    if (!written) rollBackTakes(&transaction);
    return written;
}

Status EventStore::commitTakes(const void* owner) {
    LogTransaction transaction;
    transaction.owner = owner;
    {
        const std::lock_guard lock(mutex_);
        const auto found = taken_.find(owner);
        if (found == taken_.end()) return ok();
        transaction.taken = sequencesOf(found->second);
    }
    return writer_->write(transaction, durable_.load(std::memory_order_relaxed));
}

void EventStore::rollBackTakes(const void* owner) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = taken_.find(owner);
        if (found == taken_.end()) return;
        ready_.store(ready_.load() + eventsIn(found->second));
        queue_.putBack(found->second);
        taken_.erase(found);
    }
    if (waits_.takers.any()) waits_.takers.wakeFirst();
}

Checkpoint EventStore::snapshot() {
    Checkpoint checkpoint;
    checkpoint.channel = channel_;
    writer_->at([&](const LogPlace& end) {
        if (!end.file) return;
        checkpoint.file = end.file->number();
        checkpoint.position = end.position;
        checkpoint.sequence = end.sequence;
        const std::lock_guard lock(mutex_);
        checkpoint.ranges.reserve(queue_.ranges().size());
        for (const auto& [owner, ranges] : taken_)
            std::transform(ranges.begin(), ranges.end(), std::back_inserter(checkpoint.ranges), placeOf);
        std::transform(queue_.ranges().begin(), queue_.ranges().end(), std::back_inserter(checkpoint.ranges), placeOf);
    });
    return checkpoint;
}

bool EventStore::checkpointDue() const {
    return writer_->bytesWritten() - checkpointedBytes_.load(std::memory_order_relaxed) >= kCheckpointBytes;
}

Status EventStore::checkpoint() {
    checkpointedBytes_.store(writer_->bytesWritten()); // also of one that fails: it is not tried again for each event
    const Checkpoint now = snapshot();
    if (now.file == checkpointedFile_ && now.position == checkpointedAt_) return ok();
    MILLRACE_TRY(writer_->flush()); // it may only say what the log says for good
    Status written = now.write(*services_.disk, checkpointDirectory_);
    if (written) {
        checkpointedFile_ = now.file;
        checkpointedAt_ = now.position;
    }
    // Without a checkpoint all files are read at the next start, which is right whatever they are: so a full disk is no
    // reason to keep those that nobody needs.
    bool unneeded = false;
    {
        const std::lock_guard lock(mutex_);
        unneeded = files_.front()->number() < now.oldestFile();
    }
    if (!unneeded) return written;
    if (!written) {
        MILLRACE_TRY(services_.disk->remove(checkpointDirectory_ / kCheckpointName));
        MILLRACE_TRY(services_.disk->syncDirectory(checkpointDirectory_));
    }
    const Status removed = removeFilesBefore(now.oldestFile());
    return written ? removed : written;
}

/// One after the other, each for good: a crash leaves no gap.
Status EventStore::removeFilesBefore(std::uint64_t number) {
    for (;;) {
        LogFilePtr oldest;
        {
            const std::lock_guard lock(mutex_);
            if (files_.front()->number() >= number) return ok();
            oldest = files_.front();
        }
        MILLRACE_TRY(services_.disk->remove(oldest->path()));
        MILLRACE_TRY(services_.disk->syncDirectory(oldest->path().parent_path()));
        const std::lock_guard lock(mutex_);
        files_.erase(files_.begin());
    }
}

void EventStore::close() {
    writer_->close();
}

} // namespace millrace::flume
