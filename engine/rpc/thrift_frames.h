#pragma once

#include "base/big_endian.h"
#include "base/result.h"
#include "net/receive_buffer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace millrace::rpc {

inline constexpr std::size_t kThriftFrameHeaderBytes = 4;
/// Of a frame of `length` bytes behind it.
inline void putThriftFrameHeader(std::uint8_t* at, std::size_t length) {
    storeBigEndian(at, static_cast<std::uint32_t>(length));
}

/// Cuts a byte stream into the frames of Thrift's framed transport: `int32 length, bytes`, big-endian. Memory follows
/// what has come, not what a length claims.
class ThriftFrames {
public:
    explicit ThriftFrames(std::size_t limitBytes) : limit_(limitBytes) {}
    /// Takes bytes off the front of `data` until a frame is whole; nothing when more is needed. What is returned holds
    /// until the next call. `protocol` for a length below one or above the limit.
    Result<std::optional<std::span<const std::uint8_t>>> next(std::span<const std::uint8_t>& data);
    /// Gives back the memory of what next() returned, before the next call.
    void release();
    /// What is held of a frame that has begun.
    std::size_t unfinishedBytes() const { return delivered_ ? 0 : body_.size(); }

private:
    Status beginFrame();

    std::size_t limit_;
    std::array<std::uint8_t, kThriftFrameHeaderBytes> header_{};
    std::size_t headerHave_ = 0;
    std::size_t length_ = 0; ///< of the frame that has begun, once its header is whole
    bool delivered_ = false; ///< body_ was handed out and goes at the next call
    net::ReceiveBuffer body_;
};

} // namespace millrace::rpc
