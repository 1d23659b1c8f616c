#include "broker/broker.h"

#include "base/worker_thread.h"
#include "broker/server/broker_core.h"
#include "broker/server/client_connection.h"
#include "broker/server/connection_counts.h"
#include "broker/settings/topic_configs.h"
#include "net/event_loop.h"
#include "net/listener.h"
#include "wire/error_code.h"
#include "wire/record_reader.h"

#include <future>
#include <limits>

namespace millrace::broker {

namespace {

/// A record keeps its whole opened batch alive, which may be a thousand times the size it had in the log: after so
/// much, who peeks asks again from the next offset.
constexpr std::size_t kMostHeldBytes = 64 * 1024 * 1024;

ErrorCode codeOf(std::int16_t kafkaError) {
    using namespace wire::error;
    switch (kafkaError) {
    case kUnknownTopicOrPartition:
        return ErrorCode::notFound;
    case kTopicAlreadyExists:
        return ErrorCode::alreadyExists;
    case kStorageError:
        return ErrorCode::io;
    default:
        return ErrorCode::invalidArgument;
    }
}

Status statusOf(const TopicOutcome& outcome) {
    if (outcome.error == wire::error::kNone) return ok();
    return Error{codeOf(outcome.error), outcome.message};
}

Error stopped() {
    return {ErrorCode::closed, "the broker is stopped"};
}

ConfigMap configsOf(const BrokerConfig& config) {
    ConfigMap configs = config.configs;
    configs.emplace("auto.create.topics.enable", config.autoCreateTopics ? "true" : "false");
    configs.emplace("num.partitions", std::to_string(config.defaultPartitions));
    if (!configs.contains("broker.id")) configs.emplace("node.id", std::to_string(config.nodeId));
    net::Address listen = config.listen;
    if (listen.host.empty()) listen.host = "127.0.0.1";
    configs.emplace("listeners", listenerText("PLAINTEXT", listen));
    return configs;
}

} // namespace

struct Broker::Impl {
    Impl(FileSystem& disk, Log& log) : disk(disk), log(log) {}

    template <typename T>
    using Ask = std::function<void(std::shared_ptr<std::promise<T>>)>;

    /// Runs `ask` on the loop with a promise to keep, which is broken when the broker stops meanwhile.
    template <typename T>
    std::future<T> askLoop(Ask<T> ask) const {
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        const std::lock_guard lock(stopMutex);
        if (running)
            loop->post([promise = std::move(promise), ask = std::move(ask)]() mutable { ask(std::move(promise)); });
        return future;
    }
    /// As askLoop(), and waits. Nothing when the broker stops meanwhile.
    template <typename T>
    std::optional<T> onLoop(Ask<T> ask) const {
        try {
            return askLoop<T>(std::move(ask)).get();
        } catch (const std::future_error&) {
            return std::nullopt; // the loop ended and dropped the promise
        }
    }

    FileSystem& disk;
    Log& log;
    std::unique_ptr<Random> random = systemRandom();
    std::unique_ptr<net::EventLoop> loop;
    std::unique_ptr<WorkerThread> sync, read, slow;
    std::unique_ptr<BrokerCore> core;
    std::vector<std::unique_ptr<ServedListener>> served;
    std::vector<std::unique_ptr<net::Listener>> listeners;
    std::vector<net::Address> addresses;
    std::vector<std::string> names; ///< of the listeners, with their addresses
    mutable std::mutex stopMutex;
    bool running = false;
};

Broker::Broker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Broker::~Broker() {
    if (auto status = stop(); !status) impl_->log.error("", "broker: {}", status.error().message);
}

Result<std::unique_ptr<Broker>> Broker::start(BrokerConfig config, FileSystem& disk, Log& log) {
    auto settings = BrokerSettings::from(configsOf(config), log);
    if (!settings) return settings.error();
    auto impl = std::make_unique<Impl>(disk, log);
    impl->loop = std::make_unique<net::EventLoop>("broker");
    impl->sync = std::make_unique<WorkerThread>("broker-sync");
    impl->read = std::make_unique<WorkerThread>("broker-read");
    impl->slow = std::make_unique<WorkerThread>("broker-slow");
    const BrokerCore::Doors doors{
        disk, *impl->loop, {*impl->sync, *impl->read, *impl->slow}, impl->loop->clock(), *impl->random, log};
    auto core = BrokerCore::open(std::move(*settings), config.dataDir, doors);
    if (!core) return core.error();
    impl->core = std::move(*core);
    impl->running = true;
    std::unique_ptr<Broker> broker(new Broker(std::move(impl)));
    MILLRACE_TRY(broker->listen(config.transport)); // a listener that has begun is stopped with the rest
    broker->impl_->loop->post([core = broker->impl_->core.get(), addresses = broker->impl_->addresses] {
        core->listensAt(addresses);
        core->startTimers();
    });
    return broker;
}

Status Broker::listen(const net::TransportFactory& transport) {
    Context& context = impl_->core->context();
    net::Limits limits;
    limits.connections = std::numeric_limits<std::size_t>::max(); // counted over all listeners
    limits.frameBytes = context.settings.maxRequestBytes;
    limits.idle = context.settings.connectionIdle;
    limits.log = &impl_->log;
    // All that can be wrong with one is told before the first client comes in by another.
    for (const ListenerSettings& settings : context.settings.listeners) {
        auto served = ServedListener::open(settings, context, transport);
        if (!served) return std::move(served).error();
        impl_->served.push_back(std::move(*served));
    }
    const auto counts = std::make_shared<ConnectionCounts>(context.settings);
    for (const auto& served : impl_->served) {
        limits.transport = served->transport;
        limits.admission = [counts, &settings = served->settings](const net::Address& peer) {
            return counts->admit(settings, peer);
        };
        auto listener =
            net::listenFrames(*impl_->loop, served->settings.address, limits, [&context, each = served.get()] {
                return std::make_unique<ClientConnection>(context, *each);
            });
        if (!listener) return std::move(listener).error();
        impl_->addresses.push_back((*listener)->address());
        impl_->names.push_back(listenerText(served->settings.name, impl_->addresses.back()));
        impl_->listeners.push_back(std::move(*listener));
    }
    return ok();
}

Status Broker::stop() {
    {
        const std::lock_guard lock(impl_->stopMutex);
        if (!std::exchange(impl_->running, false)) return ok();
    }
    impl_->listeners.clear();
    impl_->loop->post([core = impl_->core.get()] { core->stopTimers(); });
    // What the lanes still do comes back to the loop, so the loop ends last.
    for (WorkerThread* lane : {impl_->slow.get(), impl_->read.get(), impl_->sync.get()})
        lane->stop();
    impl_->loop->stop();
    return impl_->core->close();
}

net::Address Broker::address() const {
    return impl_->addresses.front();
}
const std::vector<std::string>& Broker::listeners() const {
    return impl_->names;
}
const std::string& Broker::clusterId() const {
    return impl_->core->context().settings.clusterId;
}

Status Broker::createTopic(const std::string& name, std::int32_t partitions,
                           std::map<std::string, std::string> configs) {
    MILLRACE_TRY(settleTopicConfigs(configs));
    auto result = impl_->onLoop<Status>([=, core = impl_->core.get()](std::shared_ptr<std::promise<Status>> promise) {
        Topics& topics = core->context().topics;
        const auto finish = [promise](const std::vector<TopicOutcome>& outcomes) {
            promise->set_value(statusOf(outcomes.front()));
        };
        const auto topic = core->context().metadata.find(name);
        if (!topic) return topics.change({{CreateTopic{name, partitions, configs}}}, finish);
        const bool grows = topic->partitionCount() < partitions;
        const auto configure = [&topics, name, configs, finish] {
            const auto replace = [configs](ConfigMap& present) {
                present = configs;
                return Refusal();
            };
            topics.change({{ConfigureTopic{name, replace}}}, finish);
        };
        if (!grows && topic->configs == configs) return promise->set_value(ok());
        if (!grows) return configure();
        topics.change({{GrowTopic{name, partitions}}}, [promise, configure](const std::vector<TopicOutcome>& outcomes) {
            if (auto status = statusOf(outcomes.front()); !status) return promise->set_value(status);
            configure();
        });
    });
    return result ? std::move(*result) : Status(stopped());
}

Status Broker::deleteTopic(const std::string& name) {
    auto result =
        impl_->onLoop<Status>([name, core = impl_->core.get()](std::shared_ptr<std::promise<Status>> promise) {
            core->context().topics.change({{RemoveTopic{name}}}, [promise](const std::vector<TopicOutcome>& outcomes) {
                promise->set_value(statusOf(outcomes.front()));
            });
        });
    return result ? std::move(*result) : Status(stopped());
}

std::future<BrokerSnapshot> Broker::askSnapshot() const {
    return impl_->askLoop<BrokerSnapshot>(
        [impl = impl_.get()](const std::shared_ptr<std::promise<BrokerSnapshot>>& promise) {
            BrokerSnapshot snapshot = impl->core->snapshot();
            {
                const std::lock_guard lock(impl->stopMutex);
                if (impl->running)
                    for (const auto& listener : impl->listeners)
                        snapshot.connections += listener->connectionCount();
            }
            promise->set_value(std::move(snapshot));
        });
}

BrokerSnapshot Broker::snapshot() const {
    try {
        return askSnapshot().get();
    } catch (const std::future_error&) {
        return {};
    }
}

Result<std::vector<wire::Record>> Broker::peek(const std::string& topic, std::int32_t partition,
                                               std::int64_t fromOffset, std::size_t maxRecords,
                                               std::size_t maxBytes) const {
    struct Place {
        std::shared_ptr<storage::PartitionLog> log;
        std::int64_t from = 0;
        bool atEnd = false;
    };
    const auto place =
        impl_->onLoop<Place>([=, core = impl_->core.get()](const std::shared_ptr<std::promise<Place>>& promise) {
            const auto found = core->context().metadata.find(topic);
            const auto own = found ? core->context().replicas.find(found->id, partition) : nullptr;
            Place result;
            if (own) {
                result.log = own->sharedLog();
                result.from = std::max(fromOffset, own->log().logStart());
                result.atEnd = result.from >= own->highWatermark();
            }
            promise->set_value(std::move(result));
        });
    if (!place) return stopped();
    if (!place->log)
        return Error{ErrorCode::notFound, fmt::format("there is no partition {} of topic {}", partition, topic)};
    std::vector<wire::Record> records;
    if (place->atEnd) return records;
    auto read = place->log->readCold(place->from, maxBytes);
    if (!read) return read.error();
    std::size_t heldBytes = 0;
    for (const Bytes& piece : read->pieces) {
        for (std::size_t at = 0; at < piece.size() && records.size() < maxRecords && heldBytes < kMostHeldBytes;) {
            auto reader = wire::RecordReader::open(piece.slice(at));
            if (!reader) return reader.error();
            at += reader->header().sizeBytes;
            if (reader->header().control()) continue;
            const std::size_t before = records.size();
            while (records.size() < maxRecords) {
                auto record = reader->next();
                if (!record) return record.error();
                if (!*record) break;
                if ((*record)->offset >= place->from) records.push_back(std::move(**record));
            }
            if (records.size() > before) heldBytes += reader->heldBytes();
        }
    }
    return records;
}

} // namespace millrace::broker
