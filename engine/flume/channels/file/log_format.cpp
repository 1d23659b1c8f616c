#include "flume/channels/file/log_format.h"

#include "base/big_endian.h"
#include "base/crc32c.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace millrace::flume {

namespace {

constexpr std::array<std::uint8_t, 7> kFileMagic{'m', 'i', 'l', 'l', 'e', 'v', 't'};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFileChecksumAt = LogFileHeader::kBytes - 4;
constexpr std::string_view kPrefix = "events-", kSuffix = ".log";
constexpr std::size_t kDigits = 20;

bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::uint32_t checksumSeed(const ChannelId& id) {
    return crc32c(id);
}

std::array<std::uint8_t, LogFileHeader::kBytes> LogFileHeader::encoded() const {
    std::array<std::uint8_t, kBytes> bytes{};
    std::copy(kFileMagic.begin(), kFileMagic.end(), bytes.begin());
    bytes[kFileMagic.size()] = kVersion;
    std::copy(channel.begin(), channel.end(), bytes.begin() + 8);
    storeBigEndian(bytes.data() + 24, number);
    storeBigEndian(bytes.data() + 32, endOfPrevious);
    storeBigEndian(bytes.data() + 40, firstSequence);
    storeBigEndian(bytes.data() + kFileChecksumAt, crc32c(std::span(bytes).first(kFileChecksumAt)));
    return bytes;
}

Result<LogFileHeader> LogFileHeader::decode(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kBytes || !std::equal(kFileMagic.begin(), kFileMagic.end(), bytes.begin()))
        return Error{ErrorCode::corrupt, "it does not begin as an event file does", false};
    if (const std::uint8_t version = bytes[kFileMagic.size()]; version > kVersion)
        return Error{
            ErrorCode::unsupported,
            fmt::format("a later version of Millrace wrote it (format {}, this one reads {})", version, kVersion),
            false};
    if (loadBigEndian<std::uint32_t>(bytes.data() + kFileChecksumAt) != crc32c(bytes.first(kFileChecksumAt)))
        return Error{ErrorCode::corrupt, "the checksum of its header is wrong", false};
    LogFileHeader header;
    std::copy_n(bytes.begin() + 8, header.channel.size(), header.channel.begin());
    header.number = loadBigEndian<std::uint64_t>(bytes.data() + 24);
    header.endOfPrevious = loadBigEndian<std::uint64_t>(bytes.data() + 32);
    header.firstSequence = loadBigEndian<std::uint64_t>(bytes.data() + 40);
    return header;
}

void FrameHeader::encode(std::uint8_t* at) const {
    std::copy(kMagic.begin(), kMagic.end(), at);
    storeBigEndian(at + 4, length);
    storeBigEndian(at + 8, checksum);
    at[12] = static_cast<std::uint8_t>(kind);
    at[13] = goesOn ? 1 : 0;
    at[14] = at[15] = 0;
    storeBigEndian(at + 16, sequence);
    storeBigEndian(at + 24, count);
    storeBigEndian(at + 28, sets);
    storeBigEndian(at + 32, bodyBytes);
    storeBigEndian(at + 36, bodyChecksum);
}

std::optional<FrameHeader> FrameHeader::decode(const std::uint8_t* at, std::uint64_t left) {
    if (!std::equal(kMagic.begin(), kMagic.end(), at)) return std::nullopt;
    FrameHeader header;
    header.length = loadBigEndian<std::uint32_t>(at + 4);
    header.checksum = loadBigEndian<std::uint32_t>(at + 8);
    header.kind = static_cast<FrameKind>(at[12]);
    header.goesOn = at[13] == 1;
    header.sequence = loadBigEndian<std::uint64_t>(at + 16);
    header.count = loadBigEndian<std::uint32_t>(at + 24);
    header.sets = loadBigEndian<std::uint32_t>(at + 28);
    header.bodyBytes = loadBigEndian<std::uint32_t>(at + 32);
    header.bodyChecksum = loadBigEndian<std::uint32_t>(at + 36);
    if (at[13] > 1 || header.length < kBytes || header.length > std::min<std::uint64_t>(left, kMaxBytes) ||
        header.bodyBytes > header.length - kBytes || header.count == 0)
        return std::nullopt;
    const std::uint64_t count = header.count, tables = header.tableBytes();
    const bool put = header.kind == FrameKind::put && header.sets > 0 && count * 4 <= tables;
    const bool taken = header.kind == FrameKind::taken && count <= kMaxRanges && count * 16 == tables &&
                       header.bodyBytes == 0 && header.sets == 0;
    if (!put && !taken) return std::nullopt;
    return header;
}

std::filesystem::path logFileName(std::uint64_t number) {
    return fmt::format("{}{:0{}}{}", kPrefix, number, kDigits, kSuffix);
}

std::optional<std::uint64_t> logFileNumber(const std::filesystem::path& path) {
    const std::string file = path.filename().string();
    std::string_view name = file;
    if (name.size() != kPrefix.size() + kDigits + kSuffix.size()) return std::nullopt;
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
    name = name.substr(kPrefix.size(), kDigits);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return number;
}

bool isApacheFlumes(std::string_view name) {
    for (const std::string_view known : {"checkpoint", "checkpoint.meta", "inflightputs", "inflighttakes"})
        if (name == known) return true;
    constexpr std::string_view kLog = "log-", kMeta = ".meta";
    if (!name.starts_with(kLog)) return false;
    name.remove_prefix(kLog.size());
    if (name.ends_with(kMeta)) name.remove_suffix(kMeta.size());
    return isDigits(name);
}

} // namespace millrace::flume
