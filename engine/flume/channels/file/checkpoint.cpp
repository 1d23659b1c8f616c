#include "flume/channels/file/checkpoint.h"

#include "base/big_endian.h"
#include "base/crc32c.h"

#include <algorithm>
#include <limits>

namespace millrace::flume {

namespace {

constexpr std::array<std::uint8_t, 8> kMagic{'m', 'i', 'l', 'l', 'c', 'p', 't', 1};
constexpr std::size_t kHeaderBytes = 56;
/// 50 million ranges, beyond any memory that a channel of that many transactions would need.
constexpr std::uint64_t kMostCheckpointBytes = 2'000'000'000;

Error wrong(const char* what) {
    return {ErrorCode::corrupt, what, false};
}

void encode(const Checkpoint::Range& range, std::uint8_t* at) {
    storeBigEndian(at, range.file);
    storeBigEndian(at + 8, range.position);
    storeBigEndian(at + 16, range.sequence);
    storeBigEndian(at + 24, range.length);
    storeBigEndian(at + 28, range.first);
    storeBigEndian(at + 32, range.last);
    storeBigEndian(at + 36, range.bytes);
}

Checkpoint::Range decodeRange(const std::uint8_t* at) {
    return {loadBigEndian<std::uint64_t>(at),      loadBigEndian<std::uint64_t>(at + 8),
            loadBigEndian<std::uint64_t>(at + 16), loadBigEndian<std::uint32_t>(at + 24),
            loadBigEndian<std::uint32_t>(at + 28), loadBigEndian<std::uint32_t>(at + 32),
            loadBigEndian<std::uint32_t>(at + 36)};
}

} // namespace

std::uint64_t Checkpoint::oldestFile() const {
    std::uint64_t oldest = file;
    for (const Range& range : ranges)
        oldest = std::min(oldest, range.file);
    return oldest;
}

std::uint64_t Checkpoint::events() const {
    std::uint64_t events = 0;
    for (const Range& range : ranges)
        events += range.last - range.first;
    return events;
}

std::vector<std::uint8_t> Checkpoint::encoded() const {
    std::vector<std::uint8_t> bytes(kHeaderBytes + ranges.size() * Range::kBytes + 4);
    std::copy(kMagic.begin(), kMagic.end(), bytes.begin());
    std::copy(channel.begin(), channel.end(), bytes.begin() + 8);
    storeBigEndian(bytes.data() + 24, file);
    storeBigEndian(bytes.data() + 32, position);
    storeBigEndian(bytes.data() + 40, sequence);
    storeBigEndian(bytes.data() + 48, std::uint64_t{ranges.size()});
    std::uint8_t* at = bytes.data() + kHeaderBytes;
    for (const Range& range : ranges) {
        encode(range, at);
        at += Range::kBytes;
    }
    storeBigEndian(at, crc32c(std::span(bytes).first(bytes.size() - 4)));
    return bytes;
}

Result<Checkpoint> Checkpoint::decode(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kHeaderBytes + 4 || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return wrong("it does not begin as a checkpoint of this version does");
    const auto content = bytes.first(bytes.size() - 4);
    if (loadBigEndian<std::uint32_t>(bytes.data() + content.size()) != crc32c(content))
        return wrong("its checksum is wrong");
    const auto count = loadBigEndian<std::uint64_t>(bytes.data() + 48);
    if (count != (content.size() - kHeaderBytes) / Range::kBytes ||
        (content.size() - kHeaderBytes) % Range::kBytes != 0)
        return wrong("it has not the size that it says");
    Checkpoint checkpoint;
    std::copy_n(bytes.begin() + 8, checkpoint.channel.size(), checkpoint.channel.begin());
    checkpoint.file = loadBigEndian<std::uint64_t>(bytes.data() + 24);
    checkpoint.position = loadBigEndian<std::uint64_t>(bytes.data() + 32);
    checkpoint.sequence = loadBigEndian<std::uint64_t>(bytes.data() + 40);
    checkpoint.ranges.reserve(static_cast<std::size_t>(count));
    for (std::size_t at = kHeaderBytes; at < content.size(); at += Range::kBytes) {
        checkpoint.ranges.push_back(decodeRange(bytes.data() + at));
        const Range& range = checkpoint.ranges.back();
        if (range.file > checkpoint.file || range.first >= range.last || range.length < FrameHeader::kBytes ||
            range.length > FrameHeader::kMaxBytes)
            return wrong("it has a range that cannot be");
    }
    return checkpoint;
}

Result<Checkpoint> Checkpoint::read(FileSystem& disk, const std::filesystem::path& directory) {
    const auto bytes = disk.readAll(directory / kCheckpointName, kMostCheckpointBytes);
    if (!bytes) return bytes.error();
    return decode(*bytes);
}

Status Checkpoint::write(FileSystem& disk, const std::filesystem::path& directory) const {
    MILLRACE_TRY(disk.replace(directory / kCheckpointName, encoded()));
    return disk.syncDirectory(directory);
}

} // namespace millrace::flume
