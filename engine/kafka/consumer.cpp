#include "kafka/consumer.h"

#include "base/clock.h"
#include "kafka/rd_handle.h"
#include "kafka/sentences.h"
#include "kafka/topic_pattern.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <string_view>

namespace millrace::kafka {
namespace {

constexpr std::chrono::milliseconds kCommitWait{2000};
constexpr int kCommitPollMs = 20;
/// How long one look at a cluster that was unreachable may hold up the owner.
constexpr int kProbeMs = 200;
constexpr std::chrono::milliseconds kDefaultMaxPollInterval{300'000};

bool contains(const rd_kafka_topic_partition_list_t& list, const char* topic, std::int32_t partition) {
    return rd_kafka_topic_partition_list_find(const_cast<rd_kafka_topic_partition_list_t*>(&list), topic, partition);
}

} // namespace

struct Consumer::Impl : LogTarget {
    RdPtr<rd_kafka_t> handle; ///< destroyed with the last batch: librdkafka waits for its records until then
    RdPtr<rd_kafka_queue_t> queue;
    std::function<void()> onReady;
    std::string servers;
    ThreadClock* clock = nullptr;
    std::chrono::milliseconds maxPollInterval = kDefaultMaxPollInterval;
    RecordBatch* filling = nullptr; ///< the batch of the poll under way
    std::optional<Error> error;     ///< to be returned by the next poll that has no record
    bool unreachable = false;
    std::optional<Error> missing; ///< a topic that is subscribed to and not there
    bool missingTold = false;
    std::uint64_t revocations = 0;
    std::uint64_t failedCommits = 0;
    int commitsUnderWay = 0;
    std::set<TopicPartition> read; ///< to their end, once
    bool closed = false;

    void rebalance(rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions);
    void dropRecordsOf(const rd_kafka_topic_partition_list_t& partitions);
    void take(rd_kafka_message_t* message);
    void noteError(rd_kafka_resp_err_t code, const char* detail);
    Error tellMissing();

    static Impl& of(void* opaque) { return *static_cast<Impl*>(static_cast<LogTarget*>(opaque)); }
};

void Consumer::Impl::dropRecordsOf(const rd_kafka_topic_partition_list_t& partitions) {
    if (!filling) return;
    std::erase_if(filling->messages_, [&](void* pointer) {
        auto* message = static_cast<rd_kafka_message_t*>(pointer);
        if (!contains(partitions, rd_kafka_topic_name(message->rkt), message->partition)) return false;
        rd_kafka_message_destroy(message);
        return true;
    });
}

void Consumer::Impl::rebalance(rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions) {
    unreachable = false;
    const std::string_view protocol = rd_kafka_rebalance_protocol(handle.get());
    const bool cooperative = protocol == "COOPERATIVE";
    RdPtr<rd_kafka_error_t> failure;
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        if (missingTold) missing.reset(); // it may have been made, and the client says so again if not
        if (cooperative)
            failure.reset(rd_kafka_incremental_assign(handle.get(), partitions));
        else
            rd_kafka_assign(handle.get(), partitions);
        log->info(node, "partitions assigned: {}", partitions->cnt);
    } else {
        ++revocations;
        dropRecordsOf(*partitions);
        if (cooperative)
            failure.reset(rd_kafka_incremental_unassign(handle.get(), partitions));
        else
            rd_kafka_assign(handle.get(), nullptr);
        if (!closed) log->info(node, "partitions taken away: {}", partitions->cnt);
    }
    if (failure) log->warning(node, "rebalance: {}", rd_kafka_error_string(failure.get()));
}

void Consumer::Impl::noteError(rd_kafka_resp_err_t code, const char* detail) {
    switch (code) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
    // A topic that does not exist comes as a message, with its name: see take().
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        return;
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        unreachable = true;
        return;
    // One broker's connection: the client mends it, and says ALL_BROKERS_DOWN when none is left.
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
        return;
    default:
        error = kafkaError(code, "Kafka at " + servers, detail);
    }
}

void Consumer::Impl::take(rd_kafka_message_t* message) {
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR && filling) {
        unreachable = false;
        filling->messages_.push_back(message);
        return;
    }
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF && message->rkt)
        read.insert({rd_kafka_topic_name(message->rkt), message->partition});
    if (message->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART && message->rkt) {
        missing = failure(ErrorCode::notFound, "topic-missing", {rd_kafka_topic_name(message->rkt), servers});
        missingTold = false;
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        noteError(message->err, rd_kafka_message_errstr(message));
    }
    rd_kafka_message_destroy(message);
}

/// While nothing at all is assigned it stays an error; beside topics that are read it is said once.
Error Consumer::Impl::tellMissing() {
    Error told = *missing;
    missingTold = true;
    rd_kafka_topic_partition_list_t* assigned = nullptr;
    if (rd_kafka_assignment(handle.get(), &assigned) != RD_KAFKA_RESP_ERR_NO_ERROR) return told;
    const RdPtr<rd_kafka_topic_partition_list_t> partitions(assigned);
    if (partitions->cnt > 0) missing.reset();
    return told;
}

Consumer::Consumer(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

Consumer::~Consumer() {
    close();
}

Result<std::unique_ptr<Consumer>> Consumer::make(const ConnectionConfig& config, const Subscription& subscription,
                                                 std::function<void()> onReady, Log& log, std::string node) {
    ConnectionConfig complete = config;
    complete.set("group.id", subscription.group);
    std::vector<std::string> topics = subscription.topics;
    if (!subscription.pattern.empty()) {
        auto pattern = topicPattern(subscription.pattern);
        if (!pattern) return std::move(pattern).error();
        topics = {std::move(*pattern)};
    }
    auto impl = open(complete, std::move(onReady), log, std::move(node));
    if (!impl) return std::move(impl).error();
    const RdPtr<rd_kafka_topic_partition_list_t> list(
        rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
    for (const auto& topic : topics)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto code = rd_kafka_subscribe((*impl)->handle.get(), list.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return kafkaError(code, "subscribe to " + (topics.empty() ? std::string("nothing") : topics.front()));
    return std::unique_ptr<Consumer>(new Consumer(std::move(*impl)));
}

Result<std::unique_ptr<Consumer>> Consumer::makeAt(const ConnectionConfig& config, const Offsets& from,
                                                   std::function<void()> onReady, Log& log, std::string node) {
    ConnectionConfig complete = config;
    complete.set("group.id", "millrace-reader"); // librdkafka wants one; nothing joins it
    complete.set("enable.partition.eof", "true");
    auto impl = open(complete, std::move(onReady), log, std::move(node));
    if (!impl) return std::move(impl).error();
    const RdPtr<rd_kafka_topic_partition_list_t> list(rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
    for (const auto& [where, offset] : from)
        rd_kafka_topic_partition_list_add(list.get(), where.topic.c_str(), where.partition)->offset = offset;
    if (const auto code = rd_kafka_assign((*impl)->handle.get(), list.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return kafkaError(code, "read from " + config.servers);
    return std::unique_ptr<Consumer>(new Consumer(std::move(*impl)));
}

Result<std::shared_ptr<Consumer::Impl>> Consumer::open(const ConnectionConfig& config, std::function<void()> onReady,
                                                       Log& log, std::string node) {
    auto conf = makeConf(config);
    if (!conf) return std::move(conf).error();
    auto impl = std::make_shared<Impl>();
    impl->log = &log;
    impl->node = std::move(node);
    impl->servers = config.servers;
    impl->clock = config.clock;
    impl->onReady = std::move(onReady);
    if (const auto* interval = config.find("max.poll.interval.ms"))
        impl->maxPollInterval = std::chrono::milliseconds(std::max(1LL, std::atoll(interval->c_str())));

    rd_kafka_conf_set_rebalance_cb(conf->get(), [](rd_kafka_t*, rd_kafka_resp_err_t code,
                                                   rd_kafka_topic_partition_list_t* partitions,
                                                   void* opaque) { Impl::of(opaque).rebalance(code, partitions); });
    rd_kafka_conf_set_error_cb(conf->get(), [](rd_kafka_t*, int code, const char* reason, void* opaque) {
        Impl::of(opaque).noteError(static_cast<rd_kafka_resp_err_t>(code), reason);
    });
    rd_kafka_conf_set_offset_commit_cb(conf->get(), [](rd_kafka_t*, rd_kafka_resp_err_t code,
                                                       rd_kafka_topic_partition_list_t*, void* opaque) {
        auto& self = Impl::of(opaque);
        --self.commitsUnderWay;
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR__NO_OFFSET) return;
        ++self.failedCommits;
        self.log->warning(self.node, "offsets were not committed, events may come twice: {}", rd_kafka_err2str(code));
    });
    auto handle = makeHandle(RD_KAFKA_CONSUMER, std::move(*conf), *impl);
    if (!handle) return std::move(handle).error();
    impl->handle = std::move(*handle);
    rd_kafka_poll_set_consumer(impl->handle.get());
    impl->queue.reset(rd_kafka_queue_get_consumer(impl->handle.get()));
    if (impl->onReady)
        rd_kafka_queue_cb_event_enable(
            impl->queue.get(), [](rd_kafka_t*, void* self) { static_cast<Impl*>(self)->onReady(); }, impl.get());
    return impl;
}

Status Consumer::poll(RecordBatch& into, std::size_t max, std::chrono::milliseconds firstWait) {
    auto& self = *impl_;
    self.filling = &into;
    int wait = static_cast<int>(firstWait.count());
    while (into.size() < max) {
        rd_kafka_message_t* message = rd_kafka_consumer_poll(self.handle.get(), wait);
        if (!message) break;
        self.take(message);
        wait = 0;
    }
    self.filling = nullptr;
    if (!into.empty()) {
        into.owner_ = impl_;
        return ok();
    }
    if (self.unreachable) {
        const struct rd_kafka_metadata* metadata = nullptr;
        const auto code = rd_kafka_metadata(self.handle.get(), 0, nullptr, &metadata, kProbeMs);
        const RdPtr<const struct rd_kafka_metadata> owner(metadata);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(ErrorCode::closed, "no-broker-answers", {self.servers});
        self.unreachable = false;
    }
    if (self.missing) return self.tellMissing();
    if (!self.error) return ok();
    Error error = std::move(*self.error);
    self.error.reset();
    return error;
}

void Consumer::keepAlive() {
    auto& self = *impl_;
    rd_kafka_topic_partition_list_t* assigned = nullptr;
    if (rd_kafka_assignment(self.handle.get(), &assigned) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    const RdPtr<rd_kafka_topic_partition_list_t> partitions(assigned);
    // Paused partitions keep their position and drop what was fetched ahead, so no record is skipped by this poll.
    rd_kafka_pause_partitions(self.handle.get(), partitions.get());
    while (rd_kafka_message_t* message = rd_kafka_consumer_poll(self.handle.get(), 0))
        self.take(message);
    rd_kafka_resume_partitions(self.handle.get(), partitions.get());
}

std::chrono::milliseconds Consumer::maxPollInterval() const {
    return impl_->maxPollInterval;
}

void Consumer::commit(std::span<const PartitionProgress> progress) {
    if (progress.empty()) return;
    auto& self = *impl_;
    const RdPtr<rd_kafka_topic_partition_list_t> list(
        rd_kafka_topic_partition_list_new(static_cast<int>(progress.size())));
    for (const auto& entry : progress)
        rd_kafka_topic_partition_list_add(list.get(), entry.topic.c_str(), entry.partition)->offset = entry.next;
    if (rd_kafka_commit(self.handle.get(), list.get(), 1) == RD_KAFKA_RESP_ERR_NO_ERROR)
        ++self.commitsUnderWay;
    else
        ++self.failedCommits;
}

void Consumer::rewind(std::span<const PartitionProgress> progress) {
    auto& self = *impl_;
    rd_kafka_topic_partition_list_t* assigned = nullptr;
    if (rd_kafka_assignment(self.handle.get(), &assigned) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    const RdPtr<rd_kafka_topic_partition_list_t> partitions(assigned);
    const RdPtr<rd_kafka_topic_partition_list_t> list(
        rd_kafka_topic_partition_list_new(static_cast<int>(progress.size())));
    for (const auto& entry : progress)
        if (contains(*partitions, entry.topic.c_str(), entry.partition))
            rd_kafka_topic_partition_list_add(list.get(), entry.topic.c_str(), entry.partition)->offset = entry.first;
    if (list->cnt == 0) return;
    const RdPtr<rd_kafka_error_t> failure(
        rd_kafka_seek_partitions(self.handle.get(), list.get(), static_cast<int>(kCommitWait.count())));
    // A partition assigned a moment ago cannot be sought yet; it starts from its committed offset, which is no later.
    if (failure) self.log->info(self.node, "rewind: {}", rd_kafka_error_string(failure.get()));
}

std::uint64_t Consumer::revocations() const {
    return impl_->revocations;
}
std::uint64_t Consumer::failedCommits() const {
    return impl_->failedCommits;
}

std::size_t Consumer::assignedPartitions() const {
    rd_kafka_topic_partition_list_t* assigned = nullptr;
    if (rd_kafka_assignment(impl_->handle.get(), &assigned) != RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
    const RdPtr<rd_kafka_topic_partition_list_t> partitions(assigned);
    return static_cast<std::size_t>(partitions->cnt);
}

std::size_t Consumer::partitionsRead() const {
    return impl_->read.size();
}

void Consumer::close() {
    auto& self = *impl_;
    if (self.closed) return;
    self.closed = true;
    const auto deadline = self.clock->now() + kCommitWait;
    while (self.commitsUnderWay > 0 && !self.unreachable && self.clock->now() < deadline)
        if (rd_kafka_message_t* message = rd_kafka_consumer_poll(self.handle.get(), kCommitPollMs)) self.take(message);
    rd_kafka_queue_cb_event_enable(self.queue.get(), nullptr, nullptr);
    rd_kafka_consumer_close(self.handle.get());
    self.queue.reset();
}

} // namespace millrace::kafka
