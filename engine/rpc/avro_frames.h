#pragma once

#include "base/result.h"
#include "net/receive_buffer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::rpc {

/// One message of Avro's stateful transport: `int32 serial, int32 n`, then n times `int32 length, bytes`, all
/// big-endian; the n buffers joined are the message, how they are cut means nothing. A reply repeats the serial.
struct AvroMessage {
    std::int32_t serial = 0;
    std::span<const std::uint8_t> body; ///< holds until the assembler is called again
};

/// Cuts a byte stream into messages. Memory follows what has come, not what a length claims.
class AvroMessageAssembler {
public:
    explicit AvroMessageAssembler(std::size_t limitBytes) : limit_(limitBytes) {}
    /// Takes bytes off the front of `data` until a message is whole; nothing when more is needed. `protocol` for
    /// lengths below zero or above the limit.
    Result<std::optional<AvroMessage>> next(std::span<const std::uint8_t>& data);
    /// Gives back the memory of what next() returned, before the next call.
    void release();
    /// What is held of a message that has begun.
    std::size_t unfinishedBytes() const { return delivered_ ? 0 : body_.size(); }

private:
    enum class Step { header, length, bytes };
    std::optional<AvroMessage> inOnePiece(std::span<const std::uint8_t>& data) const;
    bool takeField(std::span<const std::uint8_t>& data, std::size_t bytes);
    Status beginBuffer();

    std::size_t limit_;
    Step step_ = Step::header;
    std::array<std::uint8_t, 8> field_{};
    std::size_t fieldHave_ = 0;
    std::int32_t serial_ = 0;
    std::int32_t buffersLeft_ = 0;
    std::size_t bytesLeft_ = 0;
    bool delivered_ = false; ///< body_ was handed out and goes at the next call
    net::ReceiveBuffer body_;
};

/// Appends the frame of a message in `buffers`.
void appendAvroFrame(std::int32_t serial, std::span<const std::span<const std::uint8_t>> buffers,
                     std::vector<std::uint8_t>& out);

} // namespace millrace::rpc
