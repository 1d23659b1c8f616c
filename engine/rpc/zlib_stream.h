#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace millrace::rpc {

/// One direction of a zlib stream (RFC 1950).
class Deflater {
public:
    /// 1 to 9, zlib's levels.
    explicit Deflater(int level = 6);
    ~Deflater();
    /// Appends what is ready of `data` compressed. Precondition: less than 4 GiB.
    void compress(std::span<const std::uint8_t> data, std::vector<std::uint8_t>& out);
    /// Appends the rest, so that the peer can read all that was given.
    void flush(std::vector<std::uint8_t>& out);

private:
    struct Stream;
    void run(int flush, std::vector<std::uint8_t>& out);
    std::unique_ptr<Stream> stream_;
};

class Inflater {
public:
    Inflater();
    ~Inflater();
    /// Takes bytes off the front of `data` and writes content; 0 when it needs more data. `corrupt` when this is no
    /// zlib stream. Precondition: there is room, and neither is longer than 4 GiB.
    Result<std::size_t> next(std::span<const std::uint8_t>& data, std::span<std::uint8_t> into);
    /// The last call filled its room: there may be content that needs no more data.
    bool mayHoldMore() const;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

} // namespace millrace::rpc
