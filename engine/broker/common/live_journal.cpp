#include "broker/common/live_journal.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace millrace::broker {

Result<std::unique_ptr<LiveJournal>>
LiveJournal::open(FileSystem& disk, const std::filesystem::path& path, std::string_view lost, std::string holds,
                  Log& log, const std::function<Status(std::span<const std::uint8_t>)>& learn) {
    std::unique_ptr<LiveJournal> self(new LiveJournal(disk, log, std::move(holds)));
    auto journal = storage::Journal::open(disk, path, lost, log, learn);
    if (!journal) return journal.error();
    self->journal_ = std::move(*journal);
    return self;
}

Status LiveJournal::append(Contents contents) {
    if (contents.empty()) return ok();
    MILLRACE_TRY(journal_->append(contents));
    if (compacting_) std::move(contents.begin(), contents.end(), std::back_inserter(since_));
    return ok();
}

void LiveJournal::sync(Executor& loop, const Lanes& lanes, std::function<void(const Status&)> done) {
    waiting_.push_back(std::move(done));
    // Until the new file is there for good, what was appended meanwhile may lie in the old one alone.
    if (compacting_ || std::exchange(syncing_, true)) return;
    // Not at once: what else this turn of the loop appends shall be in the same sync.
    loop.post([this, &loop, lanes] { startSync(loop, lanes); });
}

void LiveJournal::startSync(Executor& loop, const Lanes& lanes) {
    syncing_ = !compacting_ && !waiting_.empty();
    if (!syncing_) return;
    lanes.sync.post([this, &loop, lanes, sync = journal_->syncing(), waiting = std::exchange(waiting_, {})]() mutable {
        loop.post([this, &loop, lanes, synced = sync(), waiting = std::move(waiting)] {
            if (!synced) distrusted_ = true;
            startSync(loop, lanes);
            for (const auto& done : waiting)
                done(synced);
        });
    });
}

bool LiveJournal::shouldCompact() const {
    return !compacting_ && (distrusted_ || journal_->sizeBytes() > compactAboveBytes_);
}

void LiveJournal::compact(Contents live, Executor& loop, const Lanes& lanes) {
    const auto contents = std::make_shared<const Contents>(std::move(live));
    compacting_ = true;
    // A sync that fails from here on is one of what stands in the new file, too, and may have to be taken back.
    const bool distrusted = std::exchange(distrusted_, false);
    lanes.slow.post([this, contents, distrusted, &loop, lanes] {
        const Status written = storage::Journal::writeBeside(disk_, journal_->path(), *contents);
        loop.post([this, written, distrusted, &loop, lanes] { compacted(written, distrusted, loop, lanes); });
    });
}

void LiveJournal::compacted(const Status& written, bool distrusted, Executor& loop, const Lanes& lanes) {
    compacting_ = false;
    const Status adopted = written ? journal_->adopt(since_) : written;
    since_.clear();
    if (!adopted) distrusted_ |= distrusted;
    // The next one when the file is several times what counts of it. After a failure not with the next commit: on a
    // full disk each would fail the same way.
    compactAboveBytes_ =
        adopted ? std::max(kCompactAboveBytes, 4 * journal_->sizeBytes()) : journal_->sizeBytes() + kCompactAboveBytes;
    if (!adopted) log_.error("", "{} cannot be compacted: {}", holds_, adopted.error().message);
    if (!syncing_) startSync(loop, lanes);
}

} // namespace millrace::broker
