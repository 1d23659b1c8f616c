#include "broker/partitions/producer_snapshot.h"

#include "base/big_endian.h"
#include "base/crc32c.h"

namespace millrace::broker {

namespace {

constexpr std::int16_t kVersion = 2;
constexpr std::size_t kVersionAt = 4;

std::size_t offsetAt(std::int16_t version) {
    return version == 0 ? kVersionAt : kVersionAt + sizeof(std::int16_t);
}

} // namespace

std::vector<std::uint8_t> encodeProducerSnapshot(const ProducerStates& producers, std::int64_t offset) {
    std::vector<std::uint8_t> file(offsetAt(kVersion) + sizeof(offset));
    storeBigEndian(file.data() + kVersionAt, kVersion);
    storeBigEndian(file.data() + offsetAt(kVersion), offset);
    const auto content = producers.serialize(kVersion);
    file.insert(file.end(), content.begin(), content.end());
    storeBigEndian(file.data(), crc32c(std::span<const std::uint8_t>(file).subspan(kVersionAt)));
    return file;
}

std::optional<std::int64_t> decodeProducerSnapshot(std::span<const std::uint8_t> file, std::int64_t logEnd,
                                                   ProducerStates& producers) {
    if (file.size() < offsetAt(kVersion) + sizeof(std::int64_t)) return std::nullopt;
    if (crc32c(file.subspan(kVersionAt)) != loadBigEndian<std::uint32_t>(file.data())) return std::nullopt;
    const auto version = loadBigEndian<std::int16_t>(file.data() + kVersionAt);
    if (version < 0 || version > kVersion) return std::nullopt;
    const auto offset = loadBigEndian<std::int64_t>(file.data() + offsetAt(version));
    if (offset < 0 || offset > logEnd) return std::nullopt;
    if (!producers.restore(file.subspan(offsetAt(version) + sizeof(offset)), version)) return std::nullopt;
    return offset;
}

} // namespace millrace::broker
