#include "flume/channels/file/recovery.h"

#include "flume/channels/file/frame_scanner.h"
#include "flume/channels/file/log_files.h"

#include <algorithm>
#include <map>
#include <optional>

namespace millrace::flume {

namespace {

/// What is in the channel, by the sequence of the first event of each range.
class LiveEvents {
public:
    void add(StoredRange range) {
        const std::uint64_t first = range.sequences().first;
        ranges_.insert_or_assign(first, std::move(range));
    }
    /// Those that are not there any more, or never were, are none of its business.
    void take(const SequenceRange& taken) {
        auto at = ranges_.upper_bound(taken.first);
        if (at != ranges_.begin()) --at;
        while (at != ranges_.end() && at->first < taken.end) {
            StoredRange range = std::move(at->second);
            at = ranges_.erase(at);
            const SequenceRange has = range.sequences();
            if (has.end <= taken.first) {
                add(std::move(range));
                continue;
            }
            if (has.first < taken.first) add(range.cut(static_cast<std::uint32_t>(taken.first - has.first)));
            if (has.end > taken.end) {
                if (const std::uint64_t gone = taken.end - range.sequences().first; gone > 0)
                    (void)range.cut(static_cast<std::uint32_t>(gone));
                add(std::move(range));
                return;
            }
        }
    }
    std::vector<StoredRange> inOrder() {
        std::vector<StoredRange> all;
        all.reserve(ranges_.size());
        for (auto& [sequence, range] : ranges_)
            all.push_back(std::move(range));
        return all;
    }

private:
    std::map<std::uint64_t, StoredRange> ranges_;
};

class Recovery {
public:
    explicit Recovery(const RecoverySetup& setup) : setup_(setup) {}

    Result<RecoveredChannel> run() {
        auto files = findLogFiles(setup_);
        if (!files) return files.error();
        files_ = std::move(*files);
        std::size_t first = 0;
        std::uint64_t from = LogFileHeader::kBytes;
        auto checkpoint = usableCheckpoint();
        if (!checkpoint) return checkpoint.error();
        MILLRACE_TRY(learnChannel(*checkpoint));
        if (*checkpoint) {
            apply(**checkpoint);
            first = static_cast<std::size_t>((*checkpoint)->file - oldest());
            from = (*checkpoint)->position;
        } else if (!files_.empty()) {
            result_.end.sequence = files_.front().header.firstSequence;
        }
        for (std::size_t i = first; i < files_.size(); ++i) {
            MILLRACE_TRY(replay(i, from));
            from = LogFileHeader::kBytes;
        }
        for (const FoundFile& found : files_)
            result_.files.push_back(found.file);
        if (!files_.empty()) result_.nextNumber = files_.back().file->number() + 1;
        result_.events = live_.inOrder();
        return std::move(result_);
    }

private:
    std::uint64_t oldest() const { return files_.front().file->number(); }

    /// Nothing when there is none that can be used: then the whole log is read.
    Result<std::optional<Checkpoint>> usableCheckpoint() {
        using Nothing = std::optional<Checkpoint>;
        auto checkpoint = Checkpoint::read(setup_.disk, setup_.checkpointDirectory);
        if (!checkpoint && checkpoint.error().code == ErrorCode::notFound) return Nothing();
        if (!checkpoint && checkpoint.error().code != ErrorCode::corrupt) return checkpoint.error();
        if (!checkpoint) {
            setup_.log.warning(setup_.id, "the checkpoint in {} cannot be used: {}; all event files are read instead",
                               setup_.checkpointDirectory.string(), checkpoint.error().message);
            return Nothing();
        }
        MILLRACE_TRY(refuseMissing(*checkpoint));
        const FoundFile& last = files_[static_cast<std::size_t>(checkpoint->file - oldest())];
        if (checkpoint->position <= last.size && checkpoint->position >= LogFileHeader::kBytes)
            return Nothing(std::move(*checkpoint));
        setup_.log.warning(setup_.id,
                           "{} is shorter than it was at the last checkpoint; all event files are read instead",
                           last.file->path().string());
        return Nothing();
    }

    Status refuseMissing(const Checkpoint& checkpoint) const {
        const std::uint64_t needed = checkpoint.oldestFile();
        const bool other =
            !files_.empty() && !files_.front().headerDamaged && files_.front().header.channel != checkpoint.channel;
        if (other)
            return Error{
                ErrorCode::corrupt,
                fmt::format("the checkpoint in {} is of another channel than {}: give checkpointDir and dataDirs "
                            "the directories that belong together",
                            setup_.checkpointDirectory.string(), files_.front().file->path().string()),
                false};
        if (!files_.empty() && oldest() <= needed && files_.back().file->number() >= checkpoint.file) return ok();
        return Error{
            ErrorCode::corrupt,
            fmt::format("{} is missing, and with it events that nobody has taken ({} were in the channel at the "
                        "last checkpoint): bring it back, or name the directory where it is in dataDirs; to go "
                        "on without them, remove {}",
                        logFileName(files_.empty() || oldest() > needed ? needed : checkpoint.file).string(),
                        checkpoint.events(), (setup_.checkpointDirectory / kCheckpointName).string()),
            false};
    }

    Status learnChannel(const std::optional<Checkpoint>& checkpoint) {
        result_.channel = setup_.newChannel;
        const auto whole =
            std::find_if(files_.begin(), files_.end(), [](const FoundFile& f) { return !f.headerDamaged; });
        if (whole != files_.end())
            result_.channel = whole->header.channel;
        else if (checkpoint)
            result_.channel = checkpoint->channel;
        else if (!files_.empty())
            return Error{
                ErrorCode::corrupt,
                fmt::format("{} does not begin as an event file does, and nothing else says whose it is: move it "
                            "away to go on without its events",
                            files_.front().file->path().string()),
                false};
        seed_ = checksumSeed(result_.channel);
        return ok();
    }

    void apply(const Checkpoint& checkpoint) {
        for (const Checkpoint::Range& range : checkpoint.ranges)
            live_.add({files_[static_cast<std::size_t>(range.file - oldest())].file, range.position, range.sequence,
                       range.length, range.first, range.last, range.bytes, 0, nullptr});
        result_.end.sequence = checkpoint.sequence;
    }

    /// Reads a file from a place on; leaves result_.end at its end.
    Status replay(std::size_t index, std::uint64_t from) {
        const FoundFile& found = files_[index];
        const bool last = index + 1 == files_.size();
        const auto file = setup_.disk.open(found.file->path(), last ? OpenMode::append : OpenMode::read);
        if (!file) return file.error();
        std::uint64_t end = found.size;
        // What lies behind never became true.
        if (!last && !files_[index + 1].headerDamaged) end = std::min(end, files_[index + 1].header.endOfPrevious);
        if (found.headerDamaged)
            setup_.log.error(setup_.id, "{} does not begin as an event file does; what it holds is read all the same",
                             found.file->path().string());
        else
            noteSequence(found.header.firstSequence, found.file->path(), LogFileHeader::kBytes);
        whole_ = std::min(from, end);
        FrameScanner scanner(**file, whole_, end, seed_);
        for (bool more = true; more;) {
            auto step = readOn(scanner, **file, found.file, end, last);
            if (!step) return step.error();
            more = *step;
        }
        if (last)
            MILLRACE_TRY(cutTail(**file, found));
        else
            complete();
        result_.end.file = found.file;
        result_.end.position = whole_;
        return ok();
    }

    /// The next frame, or past what is damaged; false at the end of what can be read.
    Result<bool> readOn(FrameScanner& scanner, const File& file, const LogFilePtr& log, std::uint64_t end, bool last) {
        auto frame = scanner.next();
        if (frame && !*frame) return false;
        if (frame) {
            hear(std::move(**frame), log, scanner.position());
            return true;
        }
        if (frame.error().code != ErrorCode::corrupt) return frame.error();
        const auto next = scanner.find(scanner.position() + 1);
        if (!next) return next.error();
        if (!*next && last) return false; // a torn tail
        MILLRACE_TRY(leaveOut(file, log, scanner.position(), next->value_or(end), frame.error()));
        if (*next) scanner.moveTo(**next);
        return next->has_value();
    }

    /// A transaction counts once its last frame is there.
    void hear(FrameScanner::Found found, const LogFilePtr& file, std::uint64_t end) {
        const bool goesOn = found.header.goesOn;
        open_.push_back(std::move(found));
        openFile_ = file;
        if (goesOn) return;
        complete();
        whole_ = end;
    }

    void complete() {
        for (const FrameScanner::Found& frame : open_) {
            noteSequence(frame.header.sequence, openFile_->path(), frame.position);
            if (frame.header.kind == FrameKind::put) {
                live_.add({openFile_, frame.position, frame.header.sequence, frame.header.length, 0, frame.header.count,
                           frame.header.bodyBytes, 0, nullptr});
                result_.end.sequence = frame.header.sequence + frame.header.count;
            }
            for (const SequenceRange& taken : frame.taken)
                live_.take(taken);
        }
        open_.clear();
    }

    /// A gap says how many events were in what could not be read.
    void noteSequence(std::uint64_t sequence, const std::filesystem::path& path, std::uint64_t position) {
        if (sequence > result_.end.sequence)
            setup_.log.error(setup_.id, "{} events before byte {} of {} are lost", sequence - result_.end.sequence,
                             position, path.string());
        result_.end.sequence = std::max(result_.end.sequence, sequence);
    }

    Status leaveOut(const File& file, const LogFilePtr& log, std::uint64_t from, std::uint64_t end, const Error& why) {
        complete(); // what is whole of a transaction that is damaged is kept
        result_.needsCheckpoint = true;
        const auto aside = setAside(setup_.disk, file, log->path(), from, end);
        if (!aside) return aside.error();
        setup_.log.error(setup_.id, "{} is damaged at byte {} ({}); {} bytes were set aside as {}",
                         log->path().string(), from, why.message, end - from, aside->string());
        whole_ = end;
        return ok();
    }

    Status cutTail(File& file, const FoundFile& found) {
        open_.clear();
        if (whole_ >= found.size) return ok();
        setup_.log.info(setup_.id, "{} bytes that a crash has left half written were cut off {}", found.size - whole_,
                        found.file->path().string());
        MILLRACE_TRY(file.truncate(whole_));
        return file.sync();
    }

    const RecoverySetup& setup_;
    std::vector<FoundFile> files_;
    RecoveredChannel result_;
    std::uint32_t seed_ = 0;
    LiveEvents live_;
    std::vector<FrameScanner::Found> open_; ///< of a transaction that goes on
    LogFilePtr openFile_;
    std::uint64_t whole_ = 0; ///< behind the last whole transaction of the file that is read
};

} // namespace

Result<RecoveredChannel> recoverChannel(const RecoverySetup& setup) {
    return Recovery(setup).run();
}

} // namespace millrace::flume
