#include "flume/sinks/hdfs/buckets.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// Without empty steps, which an empty header may leave. What is in a header comes from anywhere: unless the setting
/// itself `climbs`, no event leads out of its directory.
std::string plainPath(const std::string& path, bool climbs) {
    std::string plain = path.starts_with('/') ? "/" : "";
    for (std::size_t at = 0; at < path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        std::string step = path.substr(at, end - at);
        at = end + 1;
        if (step.empty() || step == ".") continue;
        std::ranges::replace(step, '\0', '_');
        if (!climbs && step == "..") step = "__";
        if (!plain.empty() && plain != "/") plain += '/';
        plain += step;
    }
    if (path.ends_with('/')) plain += '/'; // a prefix without a letter
    return plain;
}

} // namespace

Buckets::Buckets(const HdfsOptions& options, FileStore& store, const ComponentServices& services)
    : options_(options), store_(store), services_(services), ends_(options, store, services) {}

Result<std::string> Buckets::baseOf(const HeaderSet& headers, const EscapeTime& time) const {
    auto directory = expandEscapes(options_.directory, headers, time);
    if (!directory) return directory.error().in("hdfs.path");
    auto prefix = expandEscapes(options_.prefix, headers, time);
    if (!prefix) return prefix.error().in("hdfs.filePrefix");
    const bool climbs = options_.directory.find("..") != std::string::npos;
    std::string base = plainPath(*directory + "/" + *prefix, climbs);
    return base;
}

Result<std::vector<Buckets::Group>> Buckets::grouped(std::span<const EventRange> events) const {
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> places;
    EscapeTime time = options_.times;
    if (options_.useLocalTime) time.now = services_.clock->epochMs();
    const bool oneForAll = !hasEscapes(options_.directory) && !hasEscapes(options_.prefix);
    const HeaderSet* last = nullptr;
    std::size_t place = 0;
    for (const EventRange& range : events)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            const HeaderSet* headers = range.batch->headerSet(i).get();
            if (headers != last && !(oneForAll && last)) {
                auto base = baseOf(*headers, time);
                if (!base) return std::move(base).error();
                place = places.try_emplace(*base, groups.size()).first->second;
                if (place == groups.size()) groups.push_back({std::move(*base)});
            }
            last = headers;
            groups[place].events.emplace_back(range.batch.get(), i);
        }
    return groups;
}

Status Buckets::write(std::span<const EventRange> events) {
    const auto groups = grouped(events);
    if (!groups) return groups.error();
    Status status = ok();
    for (std::span<const Group> rest(*groups); status && !rest.empty();) {
        const auto now = rest.first(std::min(rest.size(), options_.maxOpenFiles));
        makeRoomFor(now);
        status = writeGroups(now);
        rest = rest.subspan(now.size());
    }
    status ? keepBatch() : takeBack();
    return status;
}

/// Files that ended within the batch get their names once all of it is stored.
void Buckets::keepBatch() {
    for (Bucket& bucket : buckets_)
        bucket.writer.keep();
    ends_.finish(std::exchange(ended_, {}));
}

/// The batch comes again: whatever is in files of it goes.
void Buckets::takeBack() {
    for (auto bucket = buckets_.begin(); bucket != buckets_.end();) {
        if (!bucket->writer.isTouched()) {
            ++bucket;
            continue;
        }
        endFile(bucket->writer);
        bucket = forget(bucket);
    }
    for (FileEnd& file : std::exchange(ended_, {})) {
        file.mayHaveMore = file.mayHaveMore || file.size != file.kept;
        file.size = file.kept;
        ends_.finishLater(std::move(file));
    }
}

void Buckets::endFile(BucketWriter& writer) {
    if (auto file = writer.end()) ended_.push_back(std::move(*file));
}

Buckets::Place Buckets::forget(Place bucket) {
    lastNumber_ = std::max(lastNumber_, bucket->writer.number());
    byBase_.erase(bucket->base);
    return buckets_.erase(bucket);
}

/// Ends what is longest unused, until the files of these events may be open too.
void Buckets::makeRoomFor(std::span<const Group> groups) {
    std::size_t missing = 0;
    for (const Group& group : groups) {
        const auto found = byBase_.find(group.base);
        if (found == byBase_.end())
            ++missing;
        else
            buckets_.splice(buckets_.end(), buckets_, found->second);
    }
    while (buckets_.size() + missing > options_.maxOpenFiles) {
        endFile(buckets_.front().writer);
        forget(buckets_.begin());
    }
}

Buckets::Place Buckets::bucketOf(const std::string& base) {
    const auto found = byBase_.find(base);
    if (found != byBase_.end()) return found->second;
    const std::int64_t number = std::max(services_.clock->epochMs(), lastNumber_);
    buckets_.push_back({base, BucketWriter(options_, store_, base, number)});
    return byBase_.emplace(base, std::prev(buckets_.end())).first->second;
}

Status Buckets::writeGroups(std::span<const Group> groups) {
    std::vector<BucketWriter*> writers;
    for (const Group& group : groups) {
        writers.push_back(&bucketOf(group.base)->writer);
        MILLRACE_TRY(addGroup(group, *writers.back()));
    }
    return flush(writers);
}

Status Buckets::addGroup(const Group& group, BucketWriter& writer) {
    for (const auto& [batch, index] : group.events) {
        if (writer.isFull()) {
            BucketWriter* const full = &writer;
            if (writer.hasUnstored()) MILLRACE_TRY(flush({&full, 1}));
            endFile(writer);
        }
        writer.add(batch->headers(index), batch->body(index));
    }
    return ok();
}

/// As many calls as are allowed are under way at once; all of them have ended when this returns.
Status Buckets::flush(std::span<BucketWriter* const> writers) {
    CounterSet& counters = *services_.counters;
    Status first = ok();
    while (!writers.empty()) {
        const auto now = writers.first(std::min(writers.size(), options_.callsAtOnce));
        for (BucketWriter* writer : now)
            writer->beginFlush();
        for (BucketWriter* writer : now) {
            const bool isNew = !writer->isMade();
            Status stored = writer->endFlush();
            writer->usedAt = services_.clock->now();
            if (isNew) writer->openedAt = writer->usedAt;
            if (isNew)
                counters[stored ? FlumeCounter::connectionCreated : FlumeCounter::connectionFailed].addFromOwner(1);
            if (!stored && first) first = std::move(stored);
        }
        if (!first) return first;
        writers = writers.subspan(now.size());
    }
    return first;
}

std::optional<MonotonicTime> Buckets::dueOf(const BucketWriter& writer) const {
    std::optional<MonotonicTime> due;
    if (!writer.isOpen()) return due;
    if (options_.rollInterval.count() > 0) due = writer.openedAt + options_.rollInterval;
    if (options_.idleTimeout.count() > 0) {
        const auto idle = writer.usedAt + options_.idleTimeout;
        if (!due || idle < *due) due = idle;
    }
    return due;
}

std::optional<MonotonicTime> Buckets::nextDue() const {
    auto first = ends_.nextDue();
    for (const Bucket& bucket : buckets_) {
        const auto due = dueOf(bucket.writer);
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

void Buckets::attendToDue() {
    const auto now = services_.clock->now();
    std::vector<FileEnd> ended;
    for (auto bucket = buckets_.begin(); bucket != buckets_.end();) {
        const auto due = dueOf(bucket->writer);
        if (!due || *due > now) {
            ++bucket;
            continue;
        }
        if (auto file = bucket->writer.end()) ended.push_back(std::move(*file));
        bucket = forget(bucket);
    }
    ends_.finish(std::move(ended));
    ends_.retryDue();
}

void Buckets::endAll() {
    std::vector<FileEnd> ended;
    for (Bucket& bucket : buckets_)
        if (auto file = bucket.writer.end()) ended.push_back(std::move(*file));
    buckets_.clear();
    byBase_.clear();
    ends_.finishAll(std::move(ended));
}

} // namespace millrace::flume
