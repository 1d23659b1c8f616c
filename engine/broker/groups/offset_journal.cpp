#include "broker/groups/offset_journal.h"

#include "wire/reader.h"
#include "wire/writer.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace millrace::broker {

namespace {

constexpr std::uint64_t kBytesPerOffset = 512; // generous: names, metadata and room to grow
// What is written must be readable again: Journal bounds the bytes of an entry, and Reader what it is in memory.
constexpr std::size_t kOffsetsPerEntry = 1000;
constexpr std::size_t kTextPerEntry = 1024 * 1024;

std::vector<std::vector<std::uint8_t>> encoded(std::span<const OffsetEntry> offsets) {
    std::vector<std::vector<std::uint8_t>> entries;
    while (!offsets.empty()) {
        std::vector<OffsetEntry> some;
        for (std::size_t text = 0; some.size() < kOffsetsPerEntry && text < kTextPerEntry && !offsets.empty();) {
            const OffsetEntry& next = some.emplace_back(offsets.front());
            text += next.group.size() + next.topic.size() + next.metadata.size();
            offsets = offsets.subspan(1);
        }
        wire::Writer writer(0, true);
        writer.field(some);
        entries.push_back(writer.takeBuffer());
    }
    return entries;
}

} // namespace

Result<std::unique_ptr<OffsetJournal>> OffsetJournal::open(FileSystem& disk, const std::filesystem::path& path,
                                                           Log& log, const std::function<void(OffsetEntry)>& learn) {
    std::unique_ptr<OffsetJournal> self(new OffsetJournal(disk, log));
    constexpr std::string_view kLost =
        "no consumer group knows any more up to where it has read: each begins as its auto.offset.reset says";
    auto journal = storage::Journal::open(disk, path, kLost, log, [&](std::span<const std::uint8_t> content) -> Status {
        wire::Reader reader(Bytes::copyOf(content), 0, true);
        std::vector<OffsetEntry> entries;
        reader.field(entries);
        MILLRACE_TRY(reader.finish());
        for (OffsetEntry& entry : entries)
            learn(std::move(entry));
        return ok();
    });
    if (!journal) return journal.error();
    self->journal_ = std::move(*journal);
    return self;
}

Status OffsetJournal::append(const std::vector<OffsetEntry>& entries) {
    if (entries.empty()) return ok();
    auto contents = encoded(entries);
    MILLRACE_TRY(journal_->append(contents));
    if (compacting_) std::move(contents.begin(), contents.end(), std::back_inserter(since_));
    return ok();
}

void OffsetJournal::sync(Executor& loop, const Lanes& lanes, std::function<void(const Status&)> done) {
    // Until the new file is there for good, what was appended meanwhile may lie in the old one alone.
    if (compacting_) return waiting_.push_back(std::move(done));
    lanes.sync.post([this, &loop, sync = journal_->syncing(), done = std::move(done)]() mutable {
        loop.post([this, synced = sync(), done = std::move(done)] {
            if (!synced) distrusted_ = true;
            done(synced);
        });
    });
}

bool OffsetJournal::shouldCompact(std::size_t live) const {
    if (compacting_) return false;
    return distrusted_ || journal_->sizeBytes() > std::max(compactAboveBytes_, 4 * kBytesPerOffset * live);
}

void OffsetJournal::compact(const std::vector<OffsetEntry>& live, Executor& loop, const Lanes& lanes) {
    const auto contents = std::make_shared<std::vector<std::vector<std::uint8_t>>>(encoded(live));
    compacting_ = true;
    lanes.slow.post([this, contents, &loop, lanes] {
        loop.post([this, written = storage::Journal::writeBeside(disk_, journal_->path(), *contents), &loop, lanes] {
            compacted(written, loop, lanes);
        });
    });
}

void OffsetJournal::compacted(const Status& written, Executor& loop, const Lanes& lanes) {
    compacting_ = false;
    const Status adopted = written ? journal_->adopt(since_) : written;
    since_.clear();
    if (adopted) distrusted_ = false;
    // Not again with the next commit: on a full disk each would fail the same way.
    compactAboveBytes_ = adopted ? kCompactAboveBytes : journal_->sizeBytes() + kCompactAboveBytes;
    if (!adopted) log_.error("", "committed offsets cannot be compacted: {}", adopted.error().message);
    if (waiting_.empty()) return;
    sync(loop, lanes, [waiting = std::exchange(waiting_, {})](const Status& synced) {
        for (const auto& done : waiting)
            done(synced);
    });
}

} // namespace millrace::broker
