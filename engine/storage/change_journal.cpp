#include "storage/change_journal.h"

#include "wire/reader.h"
#include "wire/writer.h"

#include <cstdlib>
#include <utility>

namespace millrace::storage {

namespace {

/// Begins a change, or settles it when it has no steps, or says with a number below 0 that it was none. One entry, so
/// that records and steps are written together or not at all.
struct ChangeEntry {
    static constexpr std::int8_t kMark = 100; ///< tells it from an owner's record
    std::int8_t mark = kMark;
    std::int64_t number = 0;
    std::vector<FileStep> steps;
    std::vector<Bytes> records;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.mark);
        io.field(self.number);
        io.field(self.steps);
        io.field(self.records);
    }
};

std::string movedName(const FileStep& step, std::int32_t number) {
    return step.to + std::to_string(number) + step.suffix;
}

ChangeJournal::Records encoded(std::int64_t number, std::vector<FileStep> steps,
                               const ChangeJournal::Records& records) {
    ChangeEntry entry;
    entry.number = number;
    entry.steps = std::move(steps);
    for (const auto& record : records)
        entry.records.push_back(Bytes::copyOf(record));
    wire::Writer writer(0, true);
    writer.field(entry);
    return {writer.takeBuffer()};
}

} // namespace

Result<std::unique_ptr<ChangeJournal>>
ChangeJournal::open(FileSystem& disk, const std::filesystem::path& path, std::string_view lost, Log& log,
                    const std::function<Status(std::span<const std::uint8_t>)>& record) {
    std::unique_ptr<ChangeJournal> self(new ChangeJournal(disk));
    auto journal = Journal::open(disk, path, lost, log,
                                 [&](std::span<const std::uint8_t> content) { return self->learn(content, record); });
    if (!journal) return journal.error();
    self->journal_ = std::move(*journal);
    MILLRACE_TRY(self->judgeLast(record));
    MILLRACE_TRY(self->undo());
    return self;
}

Status ChangeJournal::learn(std::span<const std::uint8_t> content, const Record& record) {
    if (content.front() != ChangeEntry::kMark) {
        MILLRACE_TRY(believe(record));
        return record(content);
    }
    wire::Reader reader(Bytes::copyOf(content), 0, true);
    ChangeEntry entry;
    reader.field(entry);
    MILLRACE_TRY(reader.finish());
    if (entry.number < 0) doubtful_.clear();
    MILLRACE_TRY(believe(record));
    doubtful_ = std::move(entry.records);
    // Whatever began before is settled: nothing begins until it is. So a damaged entry cannot bring it back.
    number_ = std::abs(entry.number);
    underWay_ = std::move(entry.steps);
    return ok();
}

Status ChangeJournal::believe(const Record& record) {
    for (const Bytes& each : std::exchange(doubtful_, {}))
        MILLRACE_TRY(record(each.span()));
    return ok();
}

Status ChangeJournal::judgeLast(const Record& record) {
    if (!nothingMoved()) return believe(record);
    doubtful_.clear();
    MILLRACE_TRY(removeMade());
    underWay_.clear();
    return journal_->appendSynced(encoded(-number_, {}, {}));
}

/// All that the change was to move is where it was.
bool ChangeJournal::nothingMoved() const {
    bool waits = false;
    for (const FileStep& step : underWay_)
        for (std::int32_t i = step.first; step.kind == FileStep::move && i < step.end; ++i) {
            if (disk_.info(directory() / movedName(step, i))) return false;
            waits = waits || disk_.info(directory() / (step.from + std::to_string(i)));
        }
    return waits;
}

Status ChangeJournal::begin(const Records& records, std::vector<FileStep> steps) {
    MILLRACE_TRY(undo());
    MILLRACE_TRY(journal_->appendSynced(encoded(number_ + 1, steps, records)));
    ++number_;
    underWay_ = std::move(steps);
    return ok();
}

Status ChangeJournal::finish(const Records& records) {
    MILLRACE_TRY(moveFiles());
    MILLRACE_TRY(disk_.syncDirectory(directory()));
    const Records entry = encoded(number_, {}, records);
    // To forget has time: until then it is only done again. It is durable before the next change touches a file.
    MILLRACE_TRY(records.empty() ? journal_->append(entry) : journal_->appendSynced(entry));
    underWay_.clear();
    return ok();
}

Status ChangeJournal::undo() {
    if (underWay_.empty()) return ok();
    MILLRACE_TRY(removeMade());
    return finish({});
}

Status ChangeJournal::moveFiles() {
    for (const FileStep& step : underWay_) {
        for (std::int32_t i = step.first; step.kind == FileStep::move && i < step.end; ++i)
            MILLRACE_TRY(moveOne(step.from + std::to_string(i), movedName(step, i)));
        if (step.kind == FileStep::replace) MILLRACE_TRY(moveOne(step.from, step.to));
        if (step.kind == FileStep::drop) MILLRACE_TRY(disk_.remove(directory() / step.from));
    }
    return ok();
}

Status ChangeJournal::moveOne(const std::string& from, const std::string& to) {
    return disk_.info(directory() / from) ? disk_.rename(directory() / from, directory() / to) : ok();
}

Status ChangeJournal::removeMade() {
    for (const FileStep& step : underWay_)
        for (std::int32_t i = step.first; step.kind == FileStep::make && i < step.end; ++i)
            MILLRACE_TRY(disk_.remove(directory() / (step.from + std::to_string(i))));
    return ok();
}

} // namespace millrace::storage
