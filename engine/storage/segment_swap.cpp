#include "storage/segment_swap.h"

#include <algorithm>

namespace millrace::storage {

namespace {

constexpr std::string_view kSuffixes[] = {kLogSuffix, kTimeIndexSuffix, kOffsetIndexSuffix};

/// Deals with what an attempt before has left.
Result<std::unique_ptr<ChangeJournal>> openJournal(FileSystem& disk, const std::filesystem::path& directory, Log& log) {
    return ChangeJournal::open(disk, directory / kSwapJournalName,
                               "records may be there again that were compacted away", log, [](auto) -> Status {
                                   return Error{ErrorCode::corrupt, "a record where none belongs"};
                               });
}

/// For good: one that came back would be carried out once more, on files that are others by then.
Status forgetJournal(FileSystem& disk, const std::filesystem::path& directory) {
    MILLRACE_TRY(disk.remove(directory / kSwapJournalName));
    return disk.syncDirectory(directory);
}

} // namespace

SegmentSwap::SegmentSwap(FileSystem& disk, std::filesystem::path directory, std::shared_ptr<DirectoryClaim> claim,
                         Log& log, Segments old, Segments fresh)
    : disk_(disk),
      directory_(std::move(directory)),
      claim_(std::move(claim)),
      log_(log),
      old_(std::move(old)),
      fresh_(std::move(fresh)) {}

std::vector<FileStep> SegmentSwap::steps() const {
    std::vector<FileStep> steps;
    const auto nameOf = [this](const auto& segment, std::string_view suffix) {
        return segmentFile(directory_, segment->baseOffset(), suffix).filename().string();
    };
    for (const auto& segment : fresh_)
        for (const auto suffix : kSuffixes) {
            const std::string name = nameOf(segment, suffix);
            steps.push_back({FileStep::replace, name + std::string(kCleanedSuffix), name, {}, 0, 0});
        }
    for (const auto& segment : old_) {
        const auto hasItsNames = [&](const auto& other) { return other->baseOffset() == segment->baseOffset(); };
        if (std::any_of(fresh_.begin(), fresh_.end(), hasItsNames)) continue;
        for (const auto suffix : kSuffixes)
            steps.push_back({FileStep::drop, nameOf(segment, suffix), {}, {}, 0, 0});
    }
    return steps;
}

Status SegmentSwap::exchangeFiles() {
    auto journal = openJournal(disk_, directory_, log_);
    if (!journal) return journal.error();
    MILLRACE_TRY((*journal)->begin({}, steps()));
    MILLRACE_TRY((*journal)->finish({}));
    return forgetJournal(disk_, directory_);
}

Status SegmentSwap::settle() {
    const std::lock_guard oneAtATime(mutex_);
    const auto hold = claim_->hold();
    if (settled_ || !hold) return ok();
    for (const auto& segment : old_)
        MILLRACE_TRY(segment->handOver());
    MILLRACE_TRY(exchangeFiles());
    // From now on they are found under their names: flush() may close them.
    for (const auto& segment : fresh_)
        segment->retire();
    settled_ = true;
    old_.clear();
    fresh_.clear();
    return ok();
}

Status finishSwap(FileSystem& disk, const std::filesystem::path& directory, Log& log) {
    if (!disk.info(directory / kSwapJournalName)) return ok();
    if (auto journal = openJournal(disk, directory, log); !journal) return journal.error();
    return forgetJournal(disk, directory);
}

} // namespace millrace::storage
