#include "flume/channels/file/log_writer.h"

#include "flume/sentences.h"

#include <algorithm>

namespace millrace::flume {

namespace {

constexpr std::chrono::microseconds kLongestWaitForPut{300};

std::vector<std::vector<std::uint8_t>> takenFrames(std::span<const SequenceRange> ranges) {
    std::vector<std::vector<std::uint8_t>> frames;
    for (std::size_t at = 0; at < ranges.size(); at += FrameHeader::kMaxRanges)
        frames.push_back(
            encodeTaken(ranges.subspan(at, std::min<std::size_t>(FrameHeader::kMaxRanges, ranges.size() - at))));
    return frames;
}

} // namespace

Result<std::unique_ptr<LogWriter>> LogWriter::open(Setup setup, Listener& listener) {
    std::unique_ptr<LogWriter> writer(new LogWriter(std::move(setup), listener));
    const LogPlace& end = writer->setup_.end;
    writer->end_ = end.position;
    writer->sequence_ = end.sequence;
    if (end.file) {
        auto file = writer->setup_.disk.open(end.file->path(), OpenMode::append);
        if (!file) return file.error();
        writer->file_ = std::move(*file);
    }
    return writer;
}

Status LogWriter::write(LogTransaction& transaction, bool durable) {
    Lock lock(mutex_);
    if (closed_) return failure(ErrorCode::closed, "channel-stopped");
    if (const Status appended = append(lock, transaction); !appended) {
        const bool needsRoom = appended.error().code == ErrorCode::noSpace;
        return needsRoom && transaction.puts.empty() ? owe(transaction, appended.error()) : appended;
    }
    if (!durable && pending_.empty() && !busy_) {
        settle(transaction);
        return ok();
    }
    pending_.push_back(&transaction);
    if (transaction.puts.empty()) awaitPut(lock, transaction);
    while (!transaction.settled) {
        if (busy_)
            setup_.clock.wait(lock, changed_);
        else
            (void)syncPending(lock).has_value(); // the outcome is in the transaction
    }
    return transaction.outcome;
}

Status LogWriter::append(Lock& lock, LogTransaction& transaction) {
    const std::size_t owed = owed_.size();
    std::vector<SequenceRange> taken = owed_;
    taken.insert(taken.end(), transaction.taken.begin(), transaction.taken.end());
    const auto frames = takenFrames(taken);
    std::uint64_t bytes = 0;
    for (const auto& frame : frames)
        bytes += frame.size();
    for (const PutFrame& frame : transaction.puts)
        bytes += frame.bytes();
    while (!file_ || broken_ || (end_ > LogFileHeader::kBytes && end_ + bytes > maxFileBytes_.load())) {
        MILLRACE_TRY(roll(lock));
        // The lock may have been given away: what is owed now may be something else.
        if (owed_.size() != owed) return append(lock, transaction);
    }
    if (const Status written = appendFrames(transaction, frames); !written) {
        if (!file_->truncate(end_)) broken_ = true;
        return written;
    }
    bytesWritten_.fetch_add(bytes, std::memory_order_relaxed);
    transaction.file = setup_.end.file;
    transaction.owed = std::exchange(owed_, {});
    transaction.end = end_;
    transaction.nextSequence = sequence_;
    return ok();
}

Status LogWriter::appendFrames(LogTransaction& transaction, const std::vector<std::vector<std::uint8_t>>& taken) {
    const std::uint32_t seed = checksumSeed(setup_.channel);
    std::vector<std::vector<std::uint8_t>> heads = taken;
    std::vector<std::span<const std::uint8_t>> pieces;
    std::uint64_t end = end_, sequence = sequence_;
    transaction.sequence = sequence;
    transaction.positions.clear();
    for (std::size_t i = 0; i < heads.size(); ++i) {
        finishFrame(heads[i], sequence, i + 1 < heads.size() || !transaction.puts.empty(), seed);
        pieces.emplace_back(heads[i]);
        end += heads[i].size();
    }
    for (PutFrame& frame : transaction.puts) {
        finishFrame(frame.head, sequence, &frame != &transaction.puts.back(), seed);
        transaction.positions.push_back(end);
        pieces.emplace_back(frame.head);
        pieces.emplace_back(frame.bodies);
        end += frame.bytes();
        sequence += frame.range.size();
    }
    MILLRACE_TRY(file_->appendAll(pieces));
    end_ = end;
    sequence_ = sequence;
    return ok();
}

Status LogWriter::owe(LogTransaction& transaction, const Error& error) {
    if (owed_.empty())
        setup_.log.warning(setup_.id,
                           "{}; what sinks take is noted in memory until there is room: it comes once more if "
                           "the agent ends before",
                           error.message);
    owed_.insert(owed_.end(), transaction.taken.begin(), transaction.taken.end());
    listener_.cameTrue(transaction);
    return ok();
}

void LogWriter::settle(LogTransaction& transaction) {
    listener_.cameTrue(transaction);
    setup_.end.position = transaction.end;
    setup_.end.sequence = transaction.nextSequence;
    transaction.settled = true;
}

void LogWriter::failPending(const Error& error) {
    for (LogTransaction* transaction : pending_) {
        owed_.insert(owed_.begin(), transaction->owed.begin(), transaction->owed.end());
        transaction->outcome = error;
        transaction->settled = true;
    }
    pending_.clear();
}

/// A sink that has just got what a sync made visible is ready a moment before the source has its next batch: without
/// this wait they would take turns, each with a sync of its own.
void LogWriter::awaitPut(Lock& lock, const LogTransaction& transaction) {
    const MonotonicTime deadline = setup_.clock.now() + kLongestWaitForPut;
    while (putsFlow_ && !busy_ && !transaction.settled)
        putsFlow_ = setup_.clock.wait(lock, changed_, deadline);
}

/// What the kernel could not write it may have dropped, and a sync that succeeds afterwards says nothing about it:
/// after a failure the file ends where everything was certain, and the next one says so.
Status LogWriter::syncPending(Lock& lock) {
    busy_ = true;
    const std::size_t covered = pending_.size();
    putsFlow_ = std::any_of(pending_.begin(), pending_.end(), [](const auto* each) { return !each->puts.empty(); });
    const auto file = file_;
    lock.unlock();
    const Status synced = file->sync();
    lock.lock();
    busy_ = false;
    if (synced) {
        for (std::size_t i = 0; i < covered; ++i)
            settle(*pending_[i]);
        pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(covered));
    } else {
        broken_ = true;
        failPending(synced.error());
    }
    setup_.clock.notifyAll(changed_);
    return synced;
}

Status LogWriter::flush() {
    Lock lock(mutex_);
    while (busy_)
        setup_.clock.wait(lock, changed_);
    if (!file_ || broken_) return ok(); // what is true was certain before it broke
    return syncPending(lock);
}

/// Under the lock, for the rare cases in which nobody may append meanwhile.
Status LogWriter::syncFile() {
    const Status synced = file_->sync();
    if (synced) {
        for (LogTransaction* transaction : pending_)
            settle(*transaction);
        pending_.clear();
    } else {
        broken_ = true;
        failPending(synced.error());
    }
    setup_.clock.notifyAll(changed_);
    return synced;
}

Status LogWriter::roll(Lock& lock) {
    if (busy_) {
        setup_.clock.wait(lock, changed_);
        return ok(); // somebody else may have done it
    }
    if (file_ && !broken_ && !syncFile())
        setup_.log.error(setup_.id, "{} could not be written to the end; it goes on in another file",
                         setup_.end.file->path().string());
    return beginFile();
}

Status LogWriter::beginFile() {
    const std::uint64_t number = setup_.nextNumber;
    const auto path = directoryOf(number) / logFileName(number);
    LogFileHeader header{setup_.channel, number, setup_.end.file ? setup_.end.position : 0, setup_.end.sequence};
    // One of that name can only be left over from an attempt that failed.
    MILLRACE_TRY(setup_.disk.remove(path));
    auto made = setup_.disk.open(path, OpenMode::createNew);
    if (!made) return made.error();
    Status done = (*made)->append(header.encoded());
    if (done) done = (*made)->sync();
    if (done) done = setup_.disk.syncDirectory(path.parent_path());
    if (!done) {
        (void)setup_.disk.remove(path).has_value();
        return done;
    }
    file_ = std::move(*made);
    broken_ = false;
    ++setup_.nextNumber;
    setup_.end.file = std::make_shared<LogFile>(setup_.disk, path, number);
    setup_.end.position = end_ = LogFileHeader::kBytes;
    sequence_ = setup_.end.sequence;
    listener_.begun(setup_.end.file);
    return ok();
}

void LogWriter::at(const std::function<void(const LogPlace&)>& fn) {
    const Lock lock(mutex_);
    fn(setup_.end);
}

void LogWriter::close() {
    Lock lock(mutex_);
    closed_ = true;
    while (busy_ || !pending_.empty())
        setup_.clock.wait(lock, changed_);
    // What was refused must not be found by the next start.
    if (broken_ && !beginFile())
        setup_.log.warning(setup_.id, "what was refused at the end of {} may come at the next start",
                           setup_.end.file->path().string());
}

std::filesystem::path LogWriter::directory() const {
    const Lock lock(mutex_);
    return setup_.end.file ? setup_.end.file->path().parent_path() : directoryOf(setup_.nextNumber);
}

} // namespace millrace::flume
