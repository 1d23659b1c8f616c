#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// One codec a file; compression.cpp chooses. Private to wire/.
namespace millrace::wire::codecs {

using Block = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// Kafka's defaults.
inline constexpr int kGzipLevel = -1;
inline constexpr int kLz4Level = 9;
inline constexpr int kZstdLevel = 3;

Result<Block> gunzip(View block, std::size_t limitBytes);
Result<Block> gzip(View data, int level);
Result<Block> unsnappy(View block, std::size_t limitBytes);
Result<Block> snappy(View data);
Result<Block> unlz4(View block, std::size_t limitBytes);
Result<Block> lz4(View data, int level);
Result<Block> unzstd(View block, std::size_t limitBytes);
Result<Block> zstd(View data, int level);

Error tooLarge(const char* codec, std::size_t limitBytes);
Error damaged(const char* codec, const char* what);

/// The next size of a growing output: doubles, and stays within the limit.
std::size_t grown(std::size_t size, std::size_t limitBytes);

} // namespace millrace::wire::codecs
