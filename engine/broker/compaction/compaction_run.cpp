#include "broker/compaction/compaction_run.h"

#include "broker/compaction/cleanable.h"
#include "broker/partitions/compaction_mark.h"

#include <algorithm>
#include <utility>

namespace millrace::broker {

CompactionRun::CompactionRun(std::shared_ptr<Partition> partition, CompactionTask task, const Limits& limits,
                             const Doors& doors, Done done)
    : partition_(std::move(partition)),
      log_(partition_->sharedLog()),
      task_(std::move(task)),
      limits_(limits),
      doors_(doors),
      done_(std::move(done)) {}

void CompactionRun::start() {
    // Segments that were begun since the last flush are sealed by it: only those can be written anew.
    onLane(once([log = log_]() -> Status {
               auto flushed = log->flush();
               return flushed ? ok() : Status(flushed.error());
           }),
           &CompactionRun::learnKeys);
}

void CompactionRun::stop() {
    doors_.clock.cancel(std::exchange(resting_, 0));
    done_ = nullptr;
}

CompactionRun::Work CompactionRun::once(std::function<Status()> work) {
    return [work = std::move(work)]() -> Result<CompactionPass::Portion> {
        MILLRACE_TRY(work());
        return CompactionPass::Portion{};
    };
}

void CompactionRun::onLane(Work work, Next next) {
    doors_.lane.post([self = shared_from_this(), work = std::move(work), next]() mutable {
        auto portion = work();
        auto& loop = self->doors_.loop;
        loop.post([self = std::move(self), work = std::move(work), next, portion = std::move(portion)]() mutable {
            if (!self->done_) return;
            if (!portion) return self->end(portion.error());
            self->rest(portion->bytes, [self, work = std::move(work), next, more = portion->more]() mutable {
                if (more) return self->onLane(std::move(work), next);
                (self.get()->*next)();
            });
        });
    });
}

void CompactionRun::rest(std::uint64_t bytes, std::function<void()> next) {
    constexpr double kMostMs = 3'600'000;
    owedMs_ = std::min(owedMs_ + static_cast<double>(bytes) * 1000 / std::max(limits_.bytesPerSecond, 1.0), kMostMs);
    if (owedMs_ < 1) return next();
    const std::chrono::milliseconds pause(static_cast<std::int64_t>(std::exchange(owedMs_, 0)));
    resting_ = doors_.clock.after(pause, std::move(next));
}

void CompactionRun::learnKeys() {
    // The memory for the keys is taken on the lane, too.
    onLane(
        [this, bytes = limits_.portionBytes] {
            if (!pass_) pass_ = std::make_shared<CompactionPass>(*std::exchange(task_, std::nullopt));
            return pass_->learnKeys(bytes);
        },
        &CompactionRun::writeNextGroup);
}

void CompactionRun::writeNextGroup() {
    if (partition_->gone() || partition_->offline()) return end(Error{ErrorCode::cancelled, "the partition is gone"});
    const auto group = nextGroup(log_->segments(), at_, pass_->learntTo(), limits_.segmentBytes);
    if (!group) return saveMark();
    auto rewrite = log_->rewriteSegments(group->from, group->end);
    // One that could not be sealed, or the remains of another run: the next round finds them as they should be.
    if (!rewrite) return end(Error{ErrorCode::cancelled, rewrite.error().message});
    groupSegments_ = group->segments;
    at_ = (*rewrite)->end();
    pass_->begin(std::move(*rewrite));
    onLane([pass = pass_, bytes = limits_.portionBytes] { return pass->writeGroup(bytes); },
           &CompactionRun::groupWritten);
}

/// An aborted transaction whose marker goes must not be told to readers any more, who would wait for the marker and
/// drop what its producer has sent later. After a crash too: so the snapshot that tells them is replaced first. Nothing
/// of such a transaction has been in the log when the pass began.
void CompactionRun::groupWritten() {
    if (!pass_->changedGroup() && groupSegments_ == 1) return dropGroup();
    if (pass_->droppedAborts().empty()) return exchange();
    partition_->producers().forgetAborted(pass_->droppedAborts());
    onLane(
        once([log = log_, snapshot = partition_->takeSnapshot()] { return Partition::writeSnapshot(*log, snapshot); }),
        &CompactionRun::exchange);
}

void CompactionRun::exchange() {
    auto work = log_->replaceSegments(pass_->group());
    if (!work) return end(work.error());
    onLane(once([pass = pass_, work = std::move(*work)] {
               pass->endGroup();
               return work();
           }),
           &CompactionRun::writeNextGroup);
}

void CompactionRun::dropGroup() {
    onLane(once([pass = pass_]() -> Status {
               pass->endGroup();
               return ok();
           }),
           &CompactionRun::writeNextGroup);
}

void CompactionRun::saveMark() {
    onLane(once([log = log_, topic = partition_->topic(), index = partition_->index(), upTo = pass_->learntTo()] {
               return writeCompactionMark(*log, topic, index, upTo);
           }),
           &CompactionRun::finish);
}

void CompactionRun::finish() {
    const auto& totals = pass_->totals();
    doors_.log.info("", "{}-{}: compacted up to offset {}, {} records of {} are left, {} bytes of {}",
                    partition_->topic(), partition_->index(), pass_->learntTo(), totals.recordsAfter,
                    totals.recordsBefore, totals.bytesAfter, totals.bytesBefore);
    end(pass_->learntTo());
}

void CompactionRun::end(Result<std::int64_t> result) {
    // Their end may wait for the disk.
    doors_.lane.post([pass = std::move(pass_)] {});
    std::exchange(done_, nullptr)(std::move(result));
}

} // namespace millrace::broker
