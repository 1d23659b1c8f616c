#include "rpc/zlib_stream.h"

#include "base/assertion.h"

#include <array>
#include <limits>
#include <zlib.h>

namespace millrace::rpc {

struct Deflater::Stream : z_stream {};

struct Inflater::Stream : z_stream {
    std::array<std::uint8_t, 16 * 1024> piece;
    bool ended = false;
};

namespace {

/// zlib counts in 32 bits and does not write through next_in.
std::size_t setInput(z_stream& stream, std::span<const std::uint8_t> data) {
    const std::size_t size = std::min<std::size_t>(data.size(), std::numeric_limits<uInt>::max());
    stream.next_in = const_cast<std::uint8_t*>(data.data());
    stream.avail_in = static_cast<uInt>(size);
    return size;
}

} // namespace

Deflater::Deflater(int level) : stream_(std::make_unique<Stream>()) {
    const int result = deflateInit(stream_.get(), level);
    MILLRACE_ASSERT(result == Z_OK, "deflateInit level {} gave {}", level, result);
}

Deflater::~Deflater() {
    deflateEnd(stream_.get());
}

void Deflater::compress(std::span<const std::uint8_t> data, std::vector<std::uint8_t>& out) {
    do {
        const std::size_t size = setInput(*stream_, data);
        data = data.subspan(size);
        do {
            const std::size_t before = out.size();
            out.resize(before + std::max<std::size_t>(1024, stream_->avail_in / 2));
            stream_->next_out = out.data() + before;
            stream_->avail_out = static_cast<uInt>(out.size() - before);
            deflate(stream_.get(), Z_SYNC_FLUSH);
            out.resize(out.size() - stream_->avail_out);
        } while (stream_->avail_out == 0);
    } while (!data.empty());
}

Inflater::Inflater() : stream_(std::make_unique<Stream>()) {
    const int result = inflateInit(stream_.get());
    MILLRACE_ASSERT(result == Z_OK, "inflateInit gave {}", result);
}

Inflater::~Inflater() {
    inflateEnd(stream_.get());
}

Result<std::span<const std::uint8_t>> Inflater::next(std::span<const std::uint8_t>& data) {
    if (stream_->ended) {
        if (data.empty()) return std::span<const std::uint8_t>();
        return Error{ErrorCode::corrupt, "bytes behind the end of a compressed stream"};
    }
    const std::size_t size = setInput(*stream_, data);
    stream_->next_out = stream_->piece.data();
    stream_->avail_out = static_cast<uInt>(stream_->piece.size());
    const int result = inflate(stream_.get(), Z_SYNC_FLUSH);
    data = data.subspan(size - stream_->avail_in);
    // Z_BUF_ERROR only says that nothing could be done without more input.
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return Error{ErrorCode::corrupt, "this is no zlib stream; is compression-type the same on both sides?"};
    stream_->ended = result == Z_STREAM_END;
    return std::span<const std::uint8_t>(stream_->piece).first(stream_->piece.size() - stream_->avail_out);
}

} // namespace millrace::rpc
