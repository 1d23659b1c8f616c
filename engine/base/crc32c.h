#pragma once

#include <cstdint>
#include <span>

namespace millrace {

/// CRC-32C (Castagnoli), as record batches carry it; by the processor's own instruction where there is one (SSE4.2).
/// `before` continues a checksum over pieces.
std::uint32_t crc32c(std::span<const std::uint8_t> data, std::uint32_t before = 0);

/// The same by table, whatever the processor: the fallback, and what tests compare with.
std::uint32_t crc32cByTable(std::span<const std::uint8_t> data, std::uint32_t before = 0);

} // namespace millrace
