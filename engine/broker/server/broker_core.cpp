#include "broker/server/broker_core.h"

#include "broker/server/data_directory.h"
#include "broker/server/meta_properties.h"

#include <fmt/format.h>

namespace millrace::broker {

BrokerCore::BrokerCore(BrokerSettings settings, const std::filesystem::path& dataDir, const Doors& doors)
    : settings_(std::move(settings)),
      topics_(metadata_, replicas_, settings_, dataDir,
              {doors.disk, doors.loop, doors.lanes.slow, doors.random, doors.log}),
      groups_(settings_, metadata_, doors.clock, doors.loop, doors.lanes, doors.random, doors.log),
      brokerConfigs_(settings_, topics_, doors.loop, doors.lanes.slow, doors.log),
      access_(doors.loop, doors.lanes.slow, doors.log),
      authorizer_(settings_, access_.rules(), doors.log),
      quotas_(doors.clock, doors.loop, doors.lanes.slow, doors.log),
      commits_(doors.loop, doors.lanes.sync),
      doors_(doors),
      cleaner_(settings_, metadata_, replicas_, doors.random, {doors.loop, doors.lanes.slow, doors.clock, doors.log}),
      context_{settings_, doors.loop,  doors.lanes, doors.clock, doors.disk, dataDir,        doors.log,
               metadata_, replicas_,   topics_,     groups_,     brokerConfigs_, access_,   authorizer_,
               quotas_,   nullptr,     nullptr,     commits_,    counters_} {
    const std::string node = std::to_string(settings_.nodeId);
    for (const char* name : {"node.id", "broker.id"})
        settings_.tell(name, node);
    for (const char* name : {"log.dir", "log.dirs"})
        settings_.tell(name, std::filesystem::absolute(dataDir).string());
}

Result<std::unique_ptr<BrokerCore>> BrokerCore::open(BrokerSettings settings, const std::filesystem::path& dataDir,
                                                     const Doors& doors) {
    std::unique_ptr<BrokerCore> core(new BrokerCore(std::move(settings), dataDir, doors));
    auto lock = lockDataDirectory(doors.disk, dataDir);
    if (!lock) return std::move(lock).error();
    core->lock_ = std::move(*lock);
    MILLRACE_TRY(core->topics_.open());
    MILLRACE_TRY(core->openMetaProperties());
    core->brokerConfigs_.open();
    MILLRACE_TRY(core->access_.open(doors.disk, dataDir));
    MILLRACE_TRY(core->quotas_.open(doors.disk, dataDir));
    core->scramUsers_ = std::make_unique<ScramUsers>(core->topics_.journal(), doors.loop, doors.lanes.slow, doors.log);
    core->context_.scramUsers = core->scramUsers_.get();
    MILLRACE_TRY(core->groups_.open(doors.disk, dataDir));
    core->producerIds_ =
        std::make_unique<ProducerIds>(core->topics_.journal(), doors.loop, doors.lanes.slow, doors.log);
    core->context_.producerIds = core->producerIds_.get();
    MILLRACE_TRY(core->producerIds_->open());
    MILLRACE_TRY(core->openTransactions());
    MILLRACE_TRY(
        core->groups_.bringBackTo([core = core.get()](const TopicPartition& where) { return core->logEnd(where); }));
    core->transactions_->abortUnknown();
    core->topics_.onRemoved([core = core.get()](const std::string& topic, std::function<void()> done) {
        core->groups_.topicRemoved(
            topic, [core, topic, done = std::move(done)] { core->transactions_->topicRemoved(topic, done); });
    });
    return core;
}

Status BrokerCore::openTransactions() {
    transactions_ = std::make_unique<TransactionCoordinator>(
        TransactionCoordinator::Doors{settings_, doors_.clock, doors_.loop, doors_.lanes, doors_.log, metadata_,
                                      replicas_, groups_, commits_, *producerIds_});
    context_.transactions = transactions_.get();
    return transactions_->open(doors_.disk, context_.dataDir);
}

/// What only another broker could tell is left as it is.
std::optional<std::int64_t> BrokerCore::logEnd(const TopicPartition& where) const {
    const auto topic = metadata_.find(where.first);
    if (!topic || !topic->partition(where.second)) return -1;
    const auto replica = replicas_.find(topic->id, where.second);
    return replica ? std::optional(replica->logEndOffset()) : std::nullopt;
}

/// A data directory belongs to one cluster for good: clients notice when an id changes under them.
Status BrokerCore::openMetaProperties() {
    auto found = MetaProperties::read(doors_.disk, context_.dataDir);
    if (!found) return found.error();
    if (*found && (*found)->nodeId != settings_.nodeId)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("{} is the directory of broker {}, not of broker {}: choose another directory",
                                 context_.dataDir.string(), (*found)->nodeId, settings_.nodeId)};
    if (*found) {
        settings_.clusterId = (*found)->clusterId;
        return ok();
    }
    const std::string& before = topics_.journal().clusterId();
    settings_.clusterId = before.empty() ? newId() : before;
    return MetaProperties{settings_.clusterId, settings_.nodeId, newId()}.write(doors_.disk, context_.dataDir);
}

/// Kafka gives none that a command line would take for an option.
std::string BrokerCore::newId() {
    for (;;)
        if (auto id = wire::Uuid{doors_.random.uuid()}.text(); !id.starts_with('-')) return id;
}

void BrokerCore::listensAt(const std::vector<net::Address>& addresses) {
    std::vector<std::string> listeners, advertised;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const ListenerSettings& listener = settings_.listeners[i];
        const net::Address& told = listener.advertised;
        listeners.push_back(listenerText(listener.name, addresses[i]));
        advertised.push_back(listenerText(listener.name, {told.host.empty() ? addresses[i].host : told.host,
                                                          told.port == 0 ? addresses[i].port : told.port}));
    }
    settings_.tell("listeners", fmt::format("{}", fmt::join(listeners, ",")));
    settings_.tell("advertised.listeners", fmt::format("{}", fmt::join(advertised, ",")));
}

void BrokerCore::startTimers() {
    groups_.startSessions();
    transactions_->tick();
    cleaning_ = doors_.clock.after(settings_.initialTaskDelay, [this] { clean(); });
    cleaner_.start();
    expiring_ = doors_.clock.after(settings_.offsetsRetentionCheckInterval, [this] { expireGroups(); });
    timingOut_ = doors_.clock.after(settings_.transactionTimeoutCheckInterval, [this] { timeOutTransactions(); });
    forgetting_ = doors_.clock.after(settings_.transactionalIdCheckInterval, [this] { expireTransactionalIds(); });
}

void BrokerCore::stopTimers() {
    cleaner_.stop();
    for (Clock::TimerId* timer : {&cleaning_, &expiring_, &timingOut_, &forgetting_})
        doors_.clock.cancel(std::exchange(*timer, 0));
}

void BrokerCore::timeOutTransactions() {
    transactions_->tick();
    timingOut_ = doors_.clock.after(settings_.transactionTimeoutCheckInterval, [this] { timeOutTransactions(); });
}

void BrokerCore::expireTransactionalIds() {
    transactions_->expire();
    forgetting_ = doors_.clock.after(settings_.transactionalIdCheckInterval, [this] { expireTransactionalIds(); });
}

void BrokerCore::expireGroups() {
    groups_.expire();
    expiring_ = doors_.clock.after(settings_.offsetsRetentionCheckInterval, [this] { expireGroups(); });
}

void BrokerCore::clean() {
    const EpochMs now = doors_.clock.epochMs();
    std::vector<std::shared_ptr<storage::PartitionLog>> logs;
    for (const auto& [topic, replicas] : replicas_.all()) {
        for (const auto& [index, replica] : replicas) {
            clean(*replica, now);
            logs.push_back(replica->sharedLog());
        }
    }
    // What was produced with acks 0 or 1 nobody has waited for: without this it might never be on stable storage.
    flushAll(std::move(logs));
    cleaning_ = doors_.clock.after(settings_.retentionCheckInterval, [this] { clean(); });
}

void BrokerCore::clean(Partition& partition, EpochMs now) {
    partition.producers().expire(now - settings_.producerIdExpiration.count());
    auto removal = partition.log().applyRetention(now);
    partition.producers().forgetAbortedBefore(partition.log().logStart());
    if (!removal)
        doors_.log.warning("", "retention of {}-{}: {}", partition.topic(), partition.index(), removal.error().message);
    else if (removal->onDisk)
        removeFiles(partition, std::move(removal->onDisk));
}

void BrokerCore::removeFiles(const Partition& partition, storage::DiskWork work) {
    doors_.lanes.slow.post(
        [&log = doors_.log, topic = partition.topic(), index = partition.index(), work = std::move(work)] {
            if (auto done = work(); !done)
                log.warning("", "retention of {}-{}: {}", topic, index, done.error().message);
        });
}

void BrokerCore::flushAll(std::vector<std::shared_ptr<storage::PartitionLog>> logs) {
    if (std::exchange(flushing_, true)) return;
    flushNext(std::move(logs));
}

void BrokerCore::flushNext(std::vector<std::shared_ptr<storage::PartitionLog>> logs) {
    if (logs.empty()) {
        flushing_ = false;
        return;
    }
    doors_.lanes.slow.post([this, logs = std::move(logs)]() mutable {
        (void)logs.back()->flush(); // one that fails tells it, and is offline
        logs.pop_back();
        doors_.loop.post([this, logs = std::move(logs)]() mutable { flushNext(std::move(logs)); });
    });
}

Status BrokerCore::close() {
    Status topics = replicas_.close(doors_.log);
    Status groups = groups_.close();
    Status transactions = transactions_->close();
    lock_.reset();
    for (Status* status : {&topics, &groups})
        if (!*status) return std::move(*status);
    return transactions;
}

} // namespace millrace::broker
