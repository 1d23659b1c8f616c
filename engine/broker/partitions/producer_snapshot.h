#pragma once

#include "broker/partitions/producer_states.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::broker {

/// The file beside a log that spares a start the reading of the whole log:
///
///   uint32 CRC-32C of all that follows, int16 version, int64 offset up to which it is right, the producers
///
/// Version 2 has the aborted transactions behind the producers. Version 1 ends each struct with tagged fields, so that
/// more can be added and older programs pass over it. What has no version number begins with the offset, whose upper 16
/// bits are 0: version 0.
std::vector<std::uint8_t> encodeProducerSnapshot(const ProducerStates& producers, std::int64_t offset);

/// The offset, with `producers` as they were; nothing, with `producers` empty, when the file is damaged, of a version
/// to come, or right up to behind `logEnd`: then the log is not the one it was made of.
std::optional<std::int64_t> decodeProducerSnapshot(std::span<const std::uint8_t> file, std::int64_t logEnd,
                                                   ProducerStates& producers);

} // namespace millrace::broker
