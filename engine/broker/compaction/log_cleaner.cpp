#include "broker/compaction/log_cleaner.h"

#include <algorithm>
#include <utility>

namespace millrace::broker {

void LogCleaner::start() {
    rest();
}

void LogCleaner::stop() {
    doors_.clock.cancel(std::exchange(resting_, 0));
    if (run_) run_->stop();
    run_.reset();
}

void LogCleaner::rest() {
    constexpr std::chrono::milliseconds kLeast(10); // with 0 the loop would do nothing else
    if (settings_.cleaner.backoff == std::chrono::milliseconds::max()) return;
    resting_ = doors_.clock.after(std::max(settings_.cleaner.backoff, kLeast), [this] { round(); });
}

void LogCleaner::round() {
    const EpochMs now = doors_.clock.epochMs();
    if (const auto candidate = filthiest(now))
        compact(*candidate, now);
    else
        rest();
}

std::optional<LogCleaner::Candidate> LogCleaner::filthiest(EpochMs now) const {
    std::optional<Candidate> best;
    for (const auto& [id, replicas] : replicas_.all()) {
        const auto topic = metadata_.find(id);
        if (!topic || !topic->settings.compacted) continue;
        for (const auto& [index, replica] : replicas) {
            if (replica->offline() || replica->compaction.setAside) continue;
            const LogState state{replica->compaction.upTo, replica->log().logStart(), replica->lastStableOffset()};
            const auto part = cleanablePart(replica->log().segments(), state, topic->settings.compaction, now);
            if (!part || (!part->overdue && part->ratio() <= topic->settings.compaction.minDirtyRatio)) continue;
            if (!best || part->ratio() > best->part.ratio()) best = Candidate{replica, topic, *part};
        }
    }
    return best;
}

CompactionTask LogCleaner::taskFor(const Candidate& candidate, EpochMs now) {
    const std::int64_t keep = candidate.topic->settings.compaction.deleteRetentionMs;
    CompactionTask task;
    task.log = candidate.partition->sharedLog();
    task.from = candidate.part.from;
    task.end = candidate.part.end;
    task.now = now;
    task.horizon = keep > INT64_MAX - now ? INT64_MAX : now + keep;
    task.aborted = candidate.partition->producers().aborted().all();
    for (const auto& [id, producer] : candidate.partition->producers().all()) {
        LastOfProducer last{-1, producer.epoch};
        if (!producer.batches.empty()) last.lastOffset = producer.batches.back().lastOffset();
        task.producers.emplace(id, last);
    }
    task.memory = {settings_.cleaner.dedupeBytes, settings_.cleaner.loadFactor};
    task.secret = random_.uuid();
    return task;
}

void LogCleaner::compact(const Candidate& candidate, EpochMs now) {
    const CompactionRun::Limits limits{settings_.cleaner.bufferBytes, settings_.cleaner.bytesPerSecond,
                                       candidate.topic->settings.log.segmentBytes};
    run_ = std::make_shared<CompactionRun>(
        candidate.partition, taskFor(candidate, now), limits, doors_,
        [this, partition = candidate.partition](Result<std::int64_t> upTo) { finished(*partition, std::move(upTo)); });
    run_->start();
}

void LogCleaner::finished(Partition& partition, Result<std::int64_t> upTo) {
    run_.reset();
    if (upTo) {
        partition.compaction.upTo = *upTo;
        return round();
    }
    const Error& why = upTo.error();
    if (why.code == ErrorCode::corrupt || why.code == ErrorCode::unsupported) {
        partition.compaction.setAside = true;
        doors_.log.error("", "{}-{} is not compacted any more until the broker starts again, its log is damaged: {}",
                         partition.topic(), partition.index(), why.message);
    } else if (why.code != ErrorCode::cancelled && why.code != ErrorCode::outOfRange && !partition.gone()) {
        doors_.log.warning("", "compaction of {}-{} is tried again later: {}", partition.topic(), partition.index(),
                           why.message);
    }
    rest();
}

} // namespace millrace::broker
