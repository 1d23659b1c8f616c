#include "broker/handlers/fetch_plan.h"

#include "broker/requests/authorize.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"
#include "wire/record_batch.h"

#include <algorithm>
#include <set>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr wire::Version kTopicIds = 13, kZstd = 10;

/// Leaves out what lies at `end` and behind it, where a batch begins.
void cutAt(std::int64_t end, storage::ReadResult& read) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < read.pieces.size(); ++i) {
        Bytes& piece = read.pieces[i];
        for (std::size_t at = 0; at < piece.size();) {
            const auto header = wire::readBatchHeader(piece.span().subspan(at));
            if (header && header->baseOffset < end) {
                at += header->sizeBytes;
                continue;
            }
            piece = piece.slice(0, at);
            read.pieces.resize(at == 0 ? i : i + 1);
            read.sizeBytes = kept + at;
            return;
        }
        kept += piece.size();
    }
}

/// Reads the entries that are not in memory, one after the other within what is left of the answer's size.
struct ColdReads {
    struct Read {
        std::size_t entry;
        std::shared_ptr<storage::PartitionLog> log;
        std::int64_t offset;
        std::int64_t end; ///< behind what is to be read
        std::size_t maxBytes;
        Result<storage::ReadResult> result{storage::ReadResult{}};
    };
    std::vector<Read> reads;
    std::size_t budget = 0;
    bool nothingYet = true; ///< the first data of an answer comes whole, however large

    void run() {
        for (Read& read : reads) {
            if (budget == 0 && !nothingYet) continue;
            read.result = read.log->readCold(read.offset, std::min(read.maxBytes, budget));
            if (!read.result) continue;
            cutAt(read.end, *read.result);
            const std::size_t size = read.result->sizeBytes;
            if (size > budget && !nothingYet) {
                *read.result = {};
                continue;
            }
            budget -= std::min(budget, size);
            nothingYet = nothingYet && size == 0;
        }
    }
};

std::int16_t errorOf(const Error& error) {
    return error.code == ErrorCode::outOfRange ? kOffsetOutOfRange : kStorageError;
}

struct Walked {
    std::int64_t records = 0;
    std::int64_t end = 0; ///< offset behind the last batch
};

Walked walked(const storage::ReadResult& read) {
    Walked result;
    for (const Bytes& piece : read.pieces)
        for (std::size_t at = 0; at < piece.size();) {
            const auto header = wire::readBatchHeader(piece.span().subspan(at));
            if (!header) break;
            if (!header->control()) result.records += std::max(header->recordCount, 0);
            result.end = header->lastOffset() + 1;
            at += header->sizeBytes;
        }
    return result;
}

} // namespace

FetchPlan::FetchPlan(const wire::FetchRequest& request, const Call& call, Context& context)
    : byId_(call.version >= kTopicIds),
      knowsZstd_(call.version >= kZstd),
      readCommitted_(request.isolationLevel == 1),
      maxBytes_(std::min(context.quotas.largestFetch(call),
                         static_cast<std::size_t>(std::clamp(request.maxBytes, 0, context.settings.fetchMaxBytes)))) {
    std::set<const Partition*> asked;
    for (const auto& topic : request.topics) {
        for (const auto& partition : topic.partitions) {
            Entry entry = entryFor(topic, partition, call, context);
            if (entry.partition && !asked.insert(entry.partition.get()).second) continue;
            entries_.push_back(std::move(entry));
        }
    }
}

FetchPlan::Entry FetchPlan::entryFor(const wire::FetchRequest::Topic& asked,
                                     const wire::FetchRequest::Topic::Partition& partition, const Call& call,
                                     Context& context) const {
    const auto topic = byId_ ? context.metadata.find(asked.topicId) : context.metadata.find(asked.topic);
    Entry entry;
    entry.unreadable =
        !knowsZstd_ && topic && topic->settings.storeAs && topic->settings.storeAs->codec == wire::Codec::zstd;
    entry.topic = asked.topic;
    entry.topicId = asked.topicId;
    entry.index = partition.partition;
    entry.offset = partition.fetchOffset;
    entry.leaderEpoch = partition.currentLeaderEpoch;
    entry.maxBytes = static_cast<std::size_t>(std::max(partition.partitionMaxBytes, 0));
    if (topic || !byId_) {
        entry.error = topicRefusal(call, context, Access::Operation::read, topic ? topic->name : asked.topic);
        if (entry.error != kNone) return entry;
    }
    auto leader = leaderOf(context, topic.get(), entry.index);
    entry.partition = std::move(leader.replica);
    entry.error = byId_ && !topic ? kUnknownTopicId : leader.error;
    check(entry);
    return entry;
}

void FetchPlan::check(Entry& entry) const {
    if (!entry.partition) return;
    const Partition& partition = *entry.partition;
    if (partition.gone())
        entry.error = byId_ ? kUnknownTopicId : kUnknownTopicOrPartition;
    else if (partition.offline())
        entry.error = kStorageError;
    else if (entry.error = partition.epochError(entry.leaderEpoch); entry.error != kNone)
        return;
    else if (entry.unreadable)
        entry.error = kUnsupportedCompressionType;
    else if (entry.offset < partition.log().logStart() || entry.offset > partition.logEndOffset())
        entry.error = kOffsetOutOfRange;
}

std::int64_t FetchPlan::endFor(const Entry& entry) const {
    return readCommitted_ ? entry.partition->lastStableOffset() : entry.partition->highWatermark();
}

bool FetchPlan::hasMore(const Entry& entry) const {
    return entry.error == kNone && entry.offset < endFor(entry);
}

bool FetchPlan::failed() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.error != kNone; });
}

std::size_t FetchPlan::availableBytes(std::size_t enough) const {
    std::size_t sum = 0;
    for (const Entry& entry : entries_) {
        if (!hasMore(entry) || sum >= enough) continue;
        auto read = entry.partition->log().read(entry.offset, std::min(entry.maxBytes, enough - sum));
        if (!read || read->cold) return enough;
        if (const auto end = endFor(entry); end < entry.partition->logEndOffset()) cutAt(end, *read);
        sum += read->sizeBytes;
    }
    return sum;
}

void FetchPlan::answer(Context& context, std::function<void(wire::FetchResponse)> done) {
    const auto cold = std::make_shared<ColdReads>();
    cold->budget = maxBytes_;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        check(entry); // the topic may be gone, and retention may have moved the start, since it was parked
        entry.read = {};
        if (!hasMore(entry)) continue;
        if (cold->budget == 0 && !cold->nothingYet) continue;
        entry.end = endFor(entry);
        auto read = entry.partition->log().read(entry.offset, std::min(entry.maxBytes, cold->budget));
        if (read && entry.end < entry.partition->logEndOffset()) cutAt(entry.end, *read);
        if (!read) {
            entry.error = errorOf(read.error());
        } else if (read->cold) {
            cold->reads.push_back({i, entry.partition->sharedLog(), entry.offset, entry.end, entry.maxBytes});
        } else if (read->sizeBytes <= cold->budget || cold->nothingYet) {
            cold->budget -= std::min(cold->budget, read->sizeBytes);
            cold->nothingYet = cold->nothingYet && read->sizeBytes == 0;
            entry.read = std::move(*read);
        }
    }
    if (cold->reads.empty()) return done(response(context));
    context.lanes.read.post(
        [plan = std::make_shared<FetchPlan>(std::move(*this)), cold, &context, done = std::move(done)]() mutable {
            cold->run();
            context.loop.post([plan = std::move(plan), cold = std::move(cold), &context, done = std::move(done)] {
                // Retention may have moved the start since, and what was aborted before it is forgotten.
                for (Entry& entry : plan->entries_)
                    if (entry.error == kNone) plan->check(entry);
                for (auto& read : cold->reads) {
                    Entry& entry = plan->entries_[read.entry];
                    if (entry.error != kNone) continue;
                    if (read.result)
                        entry.read = std::move(*read.result);
                    else
                        entry.error = errorOf(read.result.error());
                }
                done(plan->response(context));
            });
        });
}

wire::FetchResponse FetchPlan::response(Context& context) {
    wire::FetchResponse response;
    for (Entry& entry : entries_) {
        const bool sameTopic = !response.responses.empty() && response.responses.back().topic == entry.topic &&
                               response.responses.back().topicId == entry.topicId;
        if (!sameTopic) {
            auto& topic = response.responses.emplace_back();
            topic.topic = entry.topic;
            topic.topicId = entry.topicId;
        }
        auto& partition = response.responses.back().partitions.emplace_back();
        partition.partitionIndex = entry.index;
        partition.errorCode = entry.error;
        partition.highWatermark = partition.lastStableOffset = partition.logStartOffset = -1;
        if (readCommitted_) partition.abortedTransactions.emplace();
        if (entry.error != kNone) continue;
        partition.highWatermark = entry.partition->highWatermark();
        partition.lastStableOffset = entry.partition->lastStableOffset();
        partition.logStartOffset = entry.partition->log().logStart();
        const auto [records, end] = walked(entry.read);
        if (readCommitted_)
            for (const auto& aborted : entry.partition->producers().aborted().between(entry.offset, end))
                partition.abortedTransactions->push_back({aborted.producerId, aborted.firstOffset});
        for (TrafficCounters* counters : {&context.counters, &entry.partition->counters}) {
            counters->bytesOut.addFromOwner(static_cast<std::int64_t>(entry.read.sizeBytes));
            counters->recordsOut.addFromOwner(records);
        }
        partition.records.pieces = std::move(entry.read.pieces);
    }
    return response;
}

} // namespace millrace::broker
