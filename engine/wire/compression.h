#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::wire {

/// Kafka's numbers, as the low three bits of a batch's attributes carry them.
enum class Codec : std::uint8_t { none = 0, gzip = 1, snappy = 2, lz4 = 3, zstd = 4 };

const char* toString(Codec codec);

/// Opens one compressed block, at most `limitBytes` of it: more is outOfRange, whatever sizes the block claims. Snappy
/// is read in both forms in use (raw, and the framed one of Java clients). `none` returns the block itself.
Result<Bytes> decompress(Codec codec, const Bytes& block, std::size_t limitBytes);

/// The forms that Kafka's own clients read: framed snappy, lz4 frames of independent 64 KiB blocks, one zstd frame.
/// `level` as in Kafka's settings: gzip 1 to 9 and -1, lz4 1 to 17, zstd up to 22; absent: Kafka's default.
Result<std::vector<std::uint8_t>> compress(Codec codec, std::span<const std::uint8_t> data,
                                           std::optional<int> level = std::nullopt);

} // namespace millrace::wire
