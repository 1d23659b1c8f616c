#pragma once

#include "base/bytes.h"
#include "storage/journal.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace millrace::storage {

/// What a change does in the directory of its journal. The numbered kinds do it to the names `from`0, `from`1, … for
/// the numbers from `first` to before `end`, the others to one file. Doing it again does no harm.
struct FileStep {
    enum Kind : std::int8_t {
        move = 1,    ///< each becomes `to` number `suffix`, where it is there; done when the change is finished
        make = 2,    ///< each is made by the change; removed with all in it when the change is not finished
        replace = 3, ///< `from` becomes `to`, where it is there, in place of what is called so; done as `move` is
        drop = 4,    ///< `from` is removed; done as `move` is
    };
    std::int8_t kind = move;
    std::string from;
    std::string to;
    std::string suffix;
    std::int32_t first = 0;
    std::int32_t end = 0;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.kind);
        io.field(self.from);
        io.field(self.to);
        io.field(self.suffix);
        io.field(self.first);
        io.field(self.end);
    }
};

/// The one way to change several files as if they were one: written down first, then done, then forgotten. A journal
/// whose records say what is true, and whose changes say what has to become of files so that they agree with it; what a
/// crash interrupts is finished or undone by the next open(). A change that was to move files and has not moved one yet
/// is not believed: it may be one that was refused, with a sync that failed and yet did its work.
///
///   removal:   begin({the record that it is gone}, {move its files away}), finish({})
///   creation:  begin({}, {make its files}), make them, finish({the record that it is there}) or undo()
///   exchange:  write the new files beside, synced with their names, begin({}, {replace and drop}), finish({})
///
/// One change at a time. One thread at a time; all calls may wait for the disk.
class ChangeJournal {
public:
    using Records = std::vector<std::vector<std::uint8_t>>;

    /// As Journal::open(), for the records; `record` sees all of them before what was interrupted is dealt with.
    /// Records do not begin with the byte 100.
    static Result<std::unique_ptr<ChangeJournal>>
    open(FileSystem& disk, const std::filesystem::path& path, std::string_view lost, Log& log,
         const std::function<Status(std::span<const std::uint8_t>)>& record);

    /// Makes records true that concern no files.
    Status write(const Records& records) { return journal_->appendSynced(records); }
    /// On stable storage when it returns: `records` are true, and `steps` will be finished or undone. After an error
    /// neither is, with steps that move files whatever happens, with others as Journal::appendSynced() says; a
    /// `replace` and a `drop` may then be done by the next open(). A change before, whose finish() or undo() failed, is
    /// dealt with first: an error, too, if it cannot be.
    Status begin(const Records& records, std::vector<FileStep> steps);
    /// Moves and drops what is to be, and makes `records` true, on stable storage. An error: they are not, and what is
    /// left to do is done by undo(), the next begin(), or the next open().
    Status finish(const Records& records);
    /// Removes what was made, moves and drops what is to be: what begin() made true stays true.
    Status undo();
    /// Puts `records` in place of all that was written. Precondition: no change is under way.
    Status rewrite(const Records& records) { return journal_->rewrite(records); }

private:
    explicit ChangeJournal(FileSystem& disk) : disk_(disk) {}
    using Record = std::function<Status(std::span<const std::uint8_t>)>;
    Status learn(std::span<const std::uint8_t> content, const Record& record);
    Status believe(const Record& record);
    Status judgeLast(const Record& record);
    bool nothingMoved() const;
    Status moveFiles();
    Status moveOne(const std::string& from, const std::string& to);
    Status removeMade();
    std::filesystem::path directory() const { return journal_->path().parent_path(); }

    FileSystem& disk_;
    std::unique_ptr<Journal> journal_;
    std::int64_t number_ = 0;        ///< of the last change begun
    std::vector<FileStep> underWay_; ///< of that change; empty when it is settled
    std::vector<Bytes> doubtful_;    ///< while it is opened: records of that change, not told yet
};

} // namespace millrace::storage
