#include "flume/channels/file/file_channel.h"

#include "flume/channels/file/encrypted_files.h"
#include "flume/channels/file/file_transaction.h"
#include "flume/registry.h"
#include "flume/sentences.h"

#include <algorithm>

namespace millrace::flume {

FileChannel::FileChannel(const FileChannelOptions& options, const ComponentServices& services)
    : services_(services),
      options_(options),
      capacity_(options.capacity),
      transactionCapacity_(options.transactionCapacity),
      keepAliveMs_(options.keepAlive.count()),
      housekeeping_(*services.clock) {}

FileChannel::~FileChannel() {
    stop();
}

std::shared_ptr<EventStore> FileChannel::store() const {
    const std::lock_guard lock(mutex_);
    return store_;
}

FileChannelOptions FileChannel::options() const {
    const std::lock_guard lock(mutex_);
    return options_;
}

Error FileChannel::notOpen() const {
    const std::lock_guard lock(mutex_);
    return failure_ ? failure(ErrorCode::closed, "channel-not-open", {failure_->message})
                    : failure(ErrorCode::closed, "channel-stopped");
}

Status FileChannel::start() {
    const std::lock_guard lifecycle(lifecycle_);
    if (store()) return ok();
    auto opened = openStore();
    {
        const std::lock_guard lock(mutex_);
        failure_ = opened ? std::nullopt : std::optional(opened.error());
        if (opened) store_ = *opened;
    }
    if (!opened) return opened.error();
    stopped_.store(false);
    housekeepingEnds_.store(false);
    thread_ = services_.clock->start([this] { keepHouse(); });
    waits_.takers.wakeAll();
    return ok();
}

Result<std::shared_ptr<EventStore>> FileChannel::openStore() {
    const FileChannelOptions now = options();
    if (!now.encryption) return EventStore::open(services_, now, waits_);
    auto keys = readEncryptionKeys(now.encryption->keyProvider, now.encryption->provider, services_);
    if (!keys) return keys.error();
    auto files = EncryptedFiles::make(*services_.disk, std::move(*keys), now.encryption->activeKey);
    if (!files) return files.error();
    return EventStore::open(services_, now, waits_, std::move(*files));
}

void FileChannel::stop() {
    const std::lock_guard lifecycle(lifecycle_);
    stopped_.store(true);
    waits_.putters.wakeAll();
    std::shared_ptr<EventStore> store;
    {
        const std::lock_guard lock(mutex_);
        store = std::move(store_);
        failure_.reset();
    }
    if (!store) return;
    endHousekeeping();
    store->close();
    keptEvents_.store(store->events());
    keptBytes_.store(store->bytes());
    const FileChannelOptions now = options();
    if (now.checkpointOnClose)
        writeCheckpoint(*store);
    else
        flush(*store);
    store->release();
}

void FileChannel::endHousekeeping() {
    housekeepingEnds_.store(true);
    housekeeping_.notify();
    if (thread_.joinable()) services_.clock->join(thread_);
}

void FileChannel::keepHouse() {
    const auto store = this->store();
    MonotonicTime checkpointed = services_.clock->now(), synced = checkpointed;
    while (store && !housekeepingEnds_.load()) {
        const FileChannelOptions now = options();
        const MonotonicTime time = services_.clock->now();
        if (!now.syncEach && time - synced >= now.syncInterval) {
            flush(*store);
            synced = time;
        }
        if (time - checkpointed >= now.checkpointInterval || store->checkpointDue()) {
            writeCheckpoint(*store);
            checkpointed = time;
        }
        const MonotonicTime next = checkpointed + now.checkpointInterval;
        housekeeping_.wait(now.syncEach ? next : std::min(next, synced + now.syncInterval));
    }
}

void FileChannel::flush(EventStore& store) {
    if (const Status flushed = store.flush(); !flushed)
        services_.log->error(services_.id, "{}", flushed.error().message);
}

void FileChannel::writeCheckpoint(EventStore& store) {
    const Status written = store.checkpoint();
    if (!written) {
        counts_.checkpointErrors.fetch_add(1);
        if (!checkpointFails_.exchange(true))
            services_.log->error(services_.id,
                                 "no checkpoint could be written: {}; the next start reads more of the log",
                                 written.error().message);
    } else if (checkpointFails_.exchange(false)) {
        services_.log->info(services_.id, "checkpoints can be written again");
    }
}

std::unique_ptr<Transaction> FileChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<FileTransaction>(*this, waker);
}

ChannelLevel FileChannel::level() const {
    ChannelLevel level;
    level.capacity = capacity_.load();
    level.putsWaiting = waits_.putters.any();
    const auto open = store();
    level.events = open ? open->events() : keptEvents_.load();
    level.bytes = open ? open->bytes() : keptBytes_.load();
    return level;
}

void FileChannel::refreshCounters() {
    CounterSet& counters = *services_.counters;
    const ChannelLevel now = level();
    const bool open = store() != nullptr;
    counters[FlumeCounter::channelSize].set(static_cast<std::int64_t>(now.events));
    counters[FlumeCounter::channelCapacity].set(static_cast<std::int64_t>(now.capacity));
    counters[FlumeCounter::channelFillPercentage].set(static_cast<std::int64_t>(now.events * 100 / now.capacity));
    counters[FlumeCounter::eventPutAttempt].set(counts_.putAttempts.load());
    counters[FlumeCounter::eventPutSuccess].set(counts_.puts.load());
    counters[FlumeCounter::eventTakeAttempt].set(counts_.takeAttempts.load());
    counters[FlumeCounter::eventTakeSuccess].set(counts_.takes.load());
    counters[FlumeCounter::eventPutError].set(counts_.putErrors.load());
    counters[FlumeCounter::eventTakeError].set(counts_.takeErrors.load());
    counters[FlumeCounter::checkpointWriteError].set(counts_.checkpointErrors.load());
    counters[FlumeCounter::open].set(open ? 1 : 0);
    counters[FlumeCounter::closed].set(open ? 0 : 1);
    const std::lock_guard lock(mutex_);
    counters[FlumeCounter::unhealthy].set(failure_ ? 1 : 0);
}

Status FileChannel::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readOptions(settings, services_);
    if (!options) return options.error();
    setOptions(std::move(*options));
    return ok();
}

void FileChannel::setOptions(FileChannelOptions options) {
    {
        const std::lock_guard lock(mutex_);
        options.checkpointDirectory = options_.checkpointDirectory;
        options.dataDirectories = options_.dataDirectories;
        options.encryption = options_.encryption;
        options_ = options;
    }
    capacity_.store(options.capacity);
    transactionCapacity_.store(options.transactionCapacity);
    keepAliveMs_.store(options.keepAlive.count());
    if (const auto open = store()) open->setOptions(options);
    waits_.putters.wakeAll();
    housekeeping_.notify();
}

void FileChannel::wakePutter() {
    const auto open = store();
    if (!open || !waits_.putters.any()) return;
    // A source that sleeps is woken for a good piece of work, not for each single place.
    const std::size_t capacity = capacity_.load(), held = open->events() + open->reserved();
    waits_.putters.wakeFirst([&](const WaitList::Waiter& waiter) {
        return held == 0 || held + std::max(waiter.events, capacity / 8) <= capacity;
    });
}

MILLRACE_COMPONENT(FileChannel, "org.apache.flume.channel.file.FileChannel", &FileChannel::make)

} // namespace millrace::flume
