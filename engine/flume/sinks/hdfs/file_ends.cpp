#include "flume/sinks/hdfs/file_ends.h"

#include <algorithm>
#include <iterator>

namespace millrace::flume {
namespace {

constexpr int kRenamesTried = 100;

} // namespace

FileEnds::FileEnds(const HdfsOptions& options, FileStore& store, const ComponentServices& services)
    : options_(options), store_(store), services_(services) {}

Status FileEnds::renamedBy(FileEnd& file, FileStore::Outcome outcome) {
    Status renamed = outcome();
    for (int tries = 1; !renamed && renamed.error().code == ErrorCode::alreadyExists && tries < kRenamesTried;
         ++tries) {
        ++file.number;
        renamed = store_.rename(file.inUse, file.target())();
    }
    return renamed;
}

bool FileEnds::isLastTry(const FileEnd& file, bool last) const {
    return last || (options_.closeTries > 0 && file.tries + 1 >= options_.closeTries);
}

/// A file that cannot be cut back gets its name at last all the same: nobody reads those that are in use, and events
/// twice are better than none.
Status FileEnds::cutAndRename(FileEnd& file, bool last) {
    const Status cut = store_.cutBack(file.inUse, file.size)();
    const bool gone = !cut && cut.error().code == ErrorCode::notFound;
    if (!cut && (!last || gone || file.size == 0)) return cut;
    if (!cut)
        services_.log->warning(services_.id,
                               "{} cannot be cut back to the {} bytes that were written well, it may hold events that "
                               "are also in another file: {}",
                               file.inUse, file.size, cut.error().message);
    file.mayHaveMore = false;
    if (file.size == 0 || file.inUse == file.target()) return ok();
    return renamedBy(file, store_.rename(file.inUse, file.target()));
}

void FileEnds::settle(FileEnd file, const Status& status, bool last, std::vector<FileEnd>& again) {
    (*services_.counters)[status ? FlumeCounter::connectionClosed : FlumeCounter::connectionFailed].addFromOwner(1);
    if (status) return;
    const bool gone = status.error().code == ErrorCode::notFound;
    const bool ends = gone || isLastTry(file, last);
    ++file.tries;
    if (ends) {
        services_.log->warning(services_.id, "{} did not become {}: {}", file.inUse, file.target(),
                               status.error().message);
        return;
    }
    if (file.tries == 1)
        services_.log->warning(services_.id, "{} does not become {} yet: {}", file.inUse, file.target(),
                               status.error().message);
    file.due = services_.clock->now() + options_.retryInterval;
    again.push_back(std::move(file));
}

/// Those that failed. As many renames as calls are allowed are under way at once.
std::vector<FileEnd> FileEnds::tried(std::vector<FileEnd> files, bool last) {
    std::vector<FileEnd> again;
    const auto whole = std::ranges::partition(files, [](const FileEnd& file) { return file.mayHaveMore; }).begin();
    for (auto file = files.begin(); file != whole; ++file) {
        const Status status = cutAndRename(*file, isLastTry(*file, last));
        settle(std::move(*file), status, last, again);
    }
    for (auto first = whole; first != files.end();) {
        const auto end = first + std::min<std::ptrdiff_t>(std::distance(first, files.end()),
                                                          static_cast<std::ptrdiff_t>(options_.callsAtOnce));
        std::vector<FileStore::Outcome> outcomes;
        for (auto file = first; file != end; ++file)
            outcomes.push_back(file->inUse == file->target() ? FileStore::Outcome([] { return ok(); })
                                                             : store_.rename(file->inUse, file->target()));
        for (auto& outcome : outcomes) {
            const Status status = renamedBy(*first, std::move(outcome));
            settle(std::move(*first++), status, last, again);
        }
    }
    return again;
}

void FileEnds::finish(std::vector<FileEnd> files) {
    std::ranges::move(tried(std::move(files), false), std::back_inserter(waiting_));
}

void FileEnds::finishLater(FileEnd file) {
    file.due = services_.clock->now();
    waiting_.push_back(std::move(file));
}

void FileEnds::retryDue() {
    const auto now = services_.clock->now();
    const auto due = std::ranges::partition(waiting_, [now](const FileEnd& file) { return file.due > now; }).begin();
    std::vector<FileEnd> files(std::make_move_iterator(due), std::make_move_iterator(waiting_.end()));
    waiting_.erase(due, waiting_.end());
    finish(std::move(files));
}

std::optional<MonotonicTime> FileEnds::nextDue() const {
    const auto first = std::ranges::min_element(waiting_, {}, &FileEnd::due);
    return first == waiting_.end() ? std::nullopt : std::optional(first->due);
}

void FileEnds::finishAll(std::vector<FileEnd> files) {
    std::ranges::move(std::exchange(waiting_, {}), std::back_inserter(files));
    (void)tried(std::move(files), true);
}

} // namespace millrace::flume
