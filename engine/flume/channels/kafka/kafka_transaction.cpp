#include "flume/channels/kafka/kafka_transaction.h"

#include "flume/sentences.h"
#include "rpc/avro_event.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace millrace::flume {

namespace {

std::int64_t millisecondsSince(MonotonicTime begin, ThreadClock& clock) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin).count();
}

} // namespace

KafkaTransaction::KafkaTransaction(KafkaChannel& channel, WakeUp& waker)
    : RunnerTransaction(channel.takers_, waker), channel_(channel) {}

Status KafkaTransaction::add(const EventRange& range) {
    channel_.count(FlumeCounter::eventPutAttempt, static_cast<std::int64_t>(range.size()));
    appendRange(puts_, range);
    return ok();
}

Result<KafkaRoute> KafkaTransaction::routeFor(const HeaderSet& headers) const {
    const auto partition = channel_.options_.partition.of(headers);
    if (!partition) return partition.error();
    const std::string* key = headers.find(kKafkaKeyHeader);
    return KafkaRoute{channel_.topic(), *partition, 0, key ? std::optional(*key) : std::nullopt, {}};
}

Status KafkaTransaction::publishPuts() {
    if (puts_.empty()) return ok();
    const ComponentServices& services = channel_.services_;
    if (channel_.stopped_.load()) return failure(ErrorCode::closed, "channel-stopped");
    if (!producer_) {
        auto made = kafka::Producer::make(channel_.options_.producer, *services.log, services.id);
        if (!made) return std::move(made).error();
        producer_ = std::move(*made);
    }
    const auto records = records_.make(puts_, channel_.options_.asFlumeEvents,
                                       [this](const HeaderSet& headers) { return routeFor(headers); });
    if (!records) return records.error();
    const MonotonicTime begin = services.clock->now();
    MILLRACE_TRY(producer_->send(*records, &waker().waitsEndedFlag()));
    channel_.count(FlumeCounter::kafkaEventSendTimer, millisecondsSince(begin, *services.clock));
    channel_.count(FlumeCounter::eventPutSuccess, static_cast<std::int64_t>(records->size()));
    puts_.clear();
    return ok();
}

Status KafkaTransaction::join() {
    if (consumer_) return ok();
    const ComponentServices& services = channel_.services_;
    WakeUp* woken = &waker();
    auto made = kafka::Consumer::make(
        channel_.options_.consumer, channel_.options_.subscription, [woken] { woken->notify(); }, *services.log,
        services.id);
    if (!made) return std::move(made).error();
    consumer_ = std::move(*made);
    return ok();
}

Result<std::size_t> KafkaTransaction::takeInto(std::vector<EventRange>& into, std::size_t maxEvents) {
    into.clear();
    if (channel_.stopped_.load()) return failure(ErrorCode::closed, "channel-stopped");
    MILLRACE_TRY(join());
    // Others read on behind what is committed: so the sooner the better, when partitions have gone to them.
    const bool mine = progress_.empty() || consumer_->revocations() == revocations_;
    if (!mine) return std::size_t(0);
    const MonotonicTime begin = channel_.services_.clock->now();
    EventBatchPtr batch;
    // Records that are no events are passed over; what has nothing else must not look like an empty topic.
    do {
        MILLRACE_TRY(consumer_->poll(polled_, maxEvents, std::chrono::milliseconds(0)));
        if (progress_.empty()) revocations_ = consumer_->revocations();
        if (polled_.empty()) break;
        batch = batchOf(polled_);
        remember(polled_.progress());
        polled_.clear();
        // Nothing that a sink could fail with lies before them: they need not be read again after a restart.
        if (!batch && takenEvents() == 0) consumer_->commit(std::exchange(progress_, {}));
    } while (!batch);
    const std::size_t taken = batch ? batch->size() : 0;
    if (batch) into.push_back({std::move(batch), 0, static_cast<std::uint32_t>(taken)});
    channel_.count(FlumeCounter::eventTakeAttempt, static_cast<std::int64_t>(std::max<std::size_t>(taken, 1)));
    channel_.count(FlumeCounter::kafkaEventGetTimer, millisecondsSince(begin, *channel_.services_.clock));
    return taken;
}

/// Once a minute: a topic may be full of them.
void KafkaTransaction::reportSkipped(std::size_t more) {
    skipped_ += more;
    const ComponentServices& services = channel_.services_;
    if (services.clock->now() < tellAgain_) return;
    services.log->warning(services.id,
                          "{} record(s) of topic {} are no Flume events in Avro form and were skipped; set "
                          "parseAsFlumeEvent = false to read what other programs have written",
                          skipped_, channel_.topic());
    skipped_ = 0;
    tellAgain_ = services.clock->now() + std::chrono::minutes(1);
}

EventBatchPtr KafkaTransaction::batchOf(const kafka::RecordBatch& records) {
    std::size_t bytes = 0, skipped = 0;
    for (std::size_t i = 0; i < records.size(); ++i)
        bytes += records[i].value.size();
    EventBatchBuilder builder(bytes, records.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        skipped += addEvent(builder, records[i]) ? 0 : 1;
    if (skipped > 0) reportSkipped(skipped);
    return builder.finish();
}

bool KafkaTransaction::addEvent(EventBatchBuilder& builder, const kafka::InRecord& record) const {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body = record.value;
    if (channel_.options_.asFlumeEvents) {
        const auto event = rpc::decodeAvroEvent(record.value);
        if (!event) return false;
        event->headers.forEach(
            [&](std::string_view name, std::string_view value) { headers.emplace_back(name, value); });
        body = event->body;
    }
    if (record.key) headers.emplace_back(kKafkaKeyHeader, *record.key); // a later entry of a name wins
    builder.setHeaders(headers.empty() ? nullptr : std::make_shared<const HeaderSet>(std::move(headers)));
    return builder.add(body);
}

void KafkaTransaction::remember(std::vector<kafka::PartitionProgress> progress) {
    for (kafka::PartitionProgress& more : progress) {
        const auto known = std::ranges::find_if(
            progress_, [&](const auto& seen) { return seen.partition == more.partition && seen.topic == more.topic; });
        if (known == progress_.end())
            progress_.push_back(std::move(more));
        else
            known->next = more.next;
    }
}

Status KafkaTransaction::commitTakes() {
    const MonotonicTime begin = channel_.services_.clock->now();
    consumer_->commit(progress_);
    channel_.count(FlumeCounter::kafkaCommitTimer, millisecondsSince(begin, *channel_.services_.clock));
    channel_.count(FlumeCounter::eventTakeSuccess, static_cast<std::int64_t>(takenEvents()));
    return ok();
}

void KafkaTransaction::undo() {
    if (takenEvents() == 0) return;
    channel_.count(FlumeCounter::rollback, static_cast<std::int64_t>(takenEvents()));
    consumer_->rewind(progress_);
}

void KafkaTransaction::closed() {
    puts_.clear();
    progress_.clear();
    forgetTaken();
}

} // namespace millrace::flume
