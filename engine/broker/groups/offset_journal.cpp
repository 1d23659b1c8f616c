#include "broker/groups/offset_journal.h"

#include "wire/reader.h"
#include "wire/writer.h"

#include <algorithm>

namespace millrace::broker {

namespace {

constexpr std::uint64_t kBytesPerOffset = 512; // generous: names, metadata and room to grow
constexpr std::size_t kEntriesPerWrite = 1000;

std::vector<std::uint8_t> encoded(const std::vector<OffsetEntry>& entries) {
    wire::Writer writer(0, true);
    writer.field(entries);
    return writer.takeBuffer();
}

} // namespace

Result<std::unique_ptr<OffsetJournal>> OffsetJournal::open(FileSystem& disk, const std::filesystem::path& path,
                                                           Log& log, const std::function<void(OffsetEntry)>& learn) {
    std::unique_ptr<OffsetJournal> self(new OffsetJournal(disk, log));
    auto journal = Journal::open(disk, path, log, [&](std::span<const std::uint8_t> content) -> Status {
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
    auto content = encoded(entries);
    MILLRACE_TRY(journal_->append(content));
    if (compacting_) since_.push_back(std::move(content));
    return ok();
}

bool OffsetJournal::shouldCompact(std::size_t live) const {
    return !compacting_ && journal_->sizeBytes() > std::max(compactAboveBytes_, 4 * kBytesPerOffset * live);
}

void OffsetJournal::compact(const std::vector<OffsetEntry>& live, Executor& loop, Executor& io) {
    auto contents = std::make_shared<std::vector<std::vector<std::uint8_t>>>();
    for (std::size_t at = 0; at < live.size(); at += kEntriesPerWrite)
        contents->push_back(
            encoded({live.begin() + static_cast<std::ptrdiff_t>(at),
                     live.begin() + static_cast<std::ptrdiff_t>(std::min(at + kEntriesPerWrite, live.size()))}));
    compacting_ = true;
    io.post([this, contents, &loop] {
        const Status written = Journal::writeBeside(disk_, journal_->path(), *contents);
        loop.post([this, written] {
            compacting_ = false;
            const Status adopted = written ? journal_->adopt(since_) : written;
            since_.clear();
            // Not again with the next commit: on a full disk each would fail the same way.
            compactAboveBytes_ = adopted ? kCompactAboveBytes : journal_->sizeBytes() + kCompactAboveBytes;
            if (!adopted) log_.error("", "committed offsets cannot be compacted: {}", adopted.error().message);
        });
    });
}

} // namespace millrace::broker
