#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace millrace::rpc {

/// One direction of a connection with `compression-type = deflate`: a single zlib stream (RFC 1950) round everything.
class Deflater {
public:
    /// 1 to 9, zlib's levels; Flume's default is 6.
    explicit Deflater(int level = 6);
    ~Deflater();
    /// Appends `data` compressed, flushed so that the peer can read all of it at once.
    void compress(std::span<const std::uint8_t> data, std::vector<std::uint8_t>& out);

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

class Inflater {
public:
    Inflater();
    ~Inflater();
    /// Takes bytes off the front of `data` and gives the next piece of content, at most 16 KiB, whatever the ratio;
    /// empty when it needs more data. Content may be left for a further call when `data` is used up. The piece holds
    /// until the next call. `corrupt` when this is no zlib stream.
    Result<std::span<const std::uint8_t>> next(std::span<const std::uint8_t>& data);

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

} // namespace millrace::rpc
