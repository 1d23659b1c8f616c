#include "storage/segment_index.h"

#include <array>
#include <fmt/core.h>

namespace millrace::storage {

namespace {

/// The last of `count` rising entries that `holds`; nothing when none does. `at(i)` may fail.
template <typename Entry, typename At, typename Holds>
Result<std::optional<Entry>> lastThat(std::uint64_t count, At at, Holds holds) {
    std::optional<Entry> found;
    std::uint64_t low = 0;
    std::uint64_t high = count;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        Result<Entry> entry = at(middle);
        if (!entry) return entry.error();
        if (holds(*entry)) {
            found = *entry;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

auto endsAtOrBefore(std::int32_t offset) {
    return [offset](const OffsetEntry& entry) { return entry.relativeOffset <= offset; };
}
auto isOlderThan(std::int64_t timestamp) {
    return [timestamp](const TimeEntry& entry) { return entry.timestamp < timestamp; };
}

template <typename Entry>
auto entriesOf(const std::vector<Entry>& entries) {
    return [&entries](std::uint64_t i) -> Result<Entry> { return entries[i]; };
}
template <typename Entry>
auto entriesOf(const File& file) {
    return [&file](std::uint64_t i) -> Result<Entry> {
        std::array<std::uint8_t, Entry::kBytes> bytes{};
        auto got = file.readAt(i * Entry::kBytes, bytes);
        if (!got) return got.error();
        if (*got != bytes.size()) return Error{ErrorCode::corrupt, "an index file ends within an entry"};
        return Entry::decode(bytes.data());
    };
}

template <typename Entry>
std::vector<std::uint8_t> encoded(const std::vector<Entry>& entries) {
    std::vector<std::uint8_t> bytes(entries.size() * Entry::kBytes);
    for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i].encode(bytes.data() + i * Entry::kBytes);
    return bytes;
}

template <typename Entry>
Result<std::vector<Entry>> loaded(FileSystem& disk, const std::filesystem::path& path, std::uint64_t limitBytes) {
    auto bytes = disk.readAll(path, limitBytes);
    if (!bytes) return bytes.error();
    if (bytes->size() % Entry::kBytes != 0)
        return Error{ErrorCode::corrupt,
                     fmt::format("{}: {} bytes are no whole number of entries", path.string(), bytes->size())};
    std::vector<Entry> entries(bytes->size() / Entry::kBytes);
    for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i] = Entry::decode(bytes->data() + i * Entry::kBytes);
    return entries;
}

} // namespace

void SegmentIndex::add(std::int32_t lastOffset, std::uint64_t position, std::uint32_t sizeBytes,
                       std::int64_t maxTimestamp, std::uint32_t intervalBytes) {
    if (maxTimestamp > latest_.timestamp) latest_ = {maxTimestamp, lastOffset};
    if (bytesSinceEntry_ > intervalBytes) {
        offsets_.push_back({lastOffset, static_cast<std::int32_t>(position)});
        if (latest_.timestamp >= 0 && (times_.empty() || latest_.timestamp > times_.back().timestamp))
            times_.push_back(latest_);
        bytesSinceEntry_ = 0;
    }
    bytesSinceEntry_ += sizeBytes;
}

std::uint64_t SegmentIndex::positionBefore(std::int32_t offset) const {
    const auto found = lastThat<OffsetEntry>(offsets_.size(), entriesOf(offsets_), endsAtOrBefore(offset));
    return *found ? static_cast<std::uint64_t>((*found)->position) : 0;
}

std::int32_t SegmentIndex::offsetBefore(std::int64_t timestamp) const {
    const auto found = lastThat<TimeEntry>(times_.size(), entriesOf(times_), isOlderThan(timestamp));
    return *found ? (*found)->relativeOffset : 0;
}

Result<std::uint64_t> positionBefore(const File& offsetIndex, std::int32_t offset) {
    auto size = offsetIndex.size();
    if (!size) return size.error();
    const auto found =
        lastThat<OffsetEntry>(*size / OffsetEntry::kBytes, entriesOf<OffsetEntry>(offsetIndex), endsAtOrBefore(offset));
    if (!found) return found.error();
    return *found ? static_cast<std::uint64_t>((*found)->position) : 0;
}

Result<std::int32_t> offsetBefore(const File& timeIndex, std::int64_t timestamp) {
    auto size = timeIndex.size();
    if (!size) return size.error();
    const auto found =
        lastThat<TimeEntry>(*size / TimeEntry::kBytes, entriesOf<TimeEntry>(timeIndex), isOlderThan(timestamp));
    if (!found) return found.error();
    return *found ? (*found)->relativeOffset : 0;
}

Status SegmentIndex::save(FileSystem& disk, const std::filesystem::path& directory, std::int64_t baseOffset,
                          std::string_view mark) const {
    const auto file = [&](std::string_view suffix) { return segmentFile(directory, baseOffset, suffix).concat(mark); };
    std::vector<TimeEntry> times = times_;
    if (times.empty() || latest_.timestamp > times.back().timestamp) times.push_back(latest_);
    MILLRACE_TRY(disk.replace(file(kTimeIndexSuffix), encoded(times)));
    // Last: a segment counts as sealed once it has its offset index.
    return disk.replace(file(kOffsetIndexSuffix), encoded(offsets_));
}

Result<SegmentIndex> SegmentIndex::load(FileSystem& disk, const std::filesystem::path& directory,
                                        std::int64_t baseOffset, std::uint64_t logBytes) {
    // Even an entry for each batch is far less than the log itself.
    auto offsets = loaded<OffsetEntry>(disk, segmentFile(directory, baseOffset, kOffsetIndexSuffix), logBytes);
    if (!offsets) return offsets.error();
    auto times =
        loaded<TimeEntry>(disk, segmentFile(directory, baseOffset, kTimeIndexSuffix), logBytes + TimeEntry::kBytes);
    if (!times) return times.error();
    const Error bad{ErrorCode::corrupt, fmt::format("the index of segment {} does not fit its log", baseOffset)};
    std::int64_t last = -1;
    std::int64_t position = 0;
    for (const OffsetEntry& entry : *offsets) {
        if (entry.relativeOffset <= last || entry.position <= position) return bad;
        last = entry.relativeOffset;
        position = entry.position;
    }
    if (static_cast<std::uint64_t>(position) >= logBytes && logBytes > 0) return bad;
    for (std::size_t i = 1; i < times->size(); ++i)
        if ((*times)[i].timestamp <= (*times)[i - 1].timestamp) return bad;
    if (times->empty()) return bad;
    SegmentIndex index;
    index.offsets_ = std::move(*offsets);
    index.times_ = std::move(*times);
    index.latest_ = index.times_.back();
    if (index.latest_.timestamp < 0) index.times_.clear();
    return index;
}

} // namespace millrace::storage
