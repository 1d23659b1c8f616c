#pragma once

#include "flume/channels/file/log_format.h"
#include "flume/event_batch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace millrace::flume {

/// One range of events on its way into the log: header and tables, and behind them the bodies, which stay where they
/// are.
struct PutFrame {
    EventRange range;
    std::vector<std::uint8_t> head; ///< finishFrame() is still to come
    std::span<const std::uint8_t> bodies;
    std::uint32_t bytes() const { return static_cast<std::uint32_t>(head.size() + bodies.size()); }
};

/// Error outOfRange for what is too large for a frame.
Result<PutFrame> encodePut(const EventRange& range, std::uint32_t seed);
/// At most FrameHeader::kMaxRanges of them, at least one.
std::vector<std::uint8_t> encodeTaken(std::span<const SequenceRange> ranges);
/// Fills in what is only known when the frame is appended, and the checksum of the head.
void finishFrame(std::vector<std::uint8_t>& head, std::uint64_t sequence, bool goesOn, std::uint32_t seed);

/// A whole frame of a put, with its checksums. `corrupt` for anything else; nothing is allocated that the frame's own
/// length does not cover.
Result<EventBatchPtr> decodePut(std::span<const std::uint8_t> frame, std::uint32_t seed);
/// The ranges of a taken frame whose checksum was looked at. `corrupt` for a range without an event.
Result<std::vector<SequenceRange>> decodeTaken(std::span<const std::uint8_t> tables);

} // namespace millrace::flume
