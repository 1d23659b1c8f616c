#include "rpc/zlib_stream.h"

#include "base/assertion.h"

#include <algorithm>
#include <zlib.h>

namespace millrace::rpc {

struct Deflater::Stream : z_stream {};

struct Inflater::Stream : z_stream {
    bool filled = false;
    bool ended = false;
};

Deflater::Deflater(int level) : stream_(std::make_unique<Stream>()) {
    const int result = deflateInit(stream_.get(), level);
    MILLRACE_ASSERT(result == Z_OK, "deflateInit level {} gave {}", level, result);
}

Deflater::~Deflater() {
    deflateEnd(stream_.get());
}

void Deflater::compress(std::span<const std::uint8_t> data, std::vector<std::uint8_t>& out) {
    stream_->next_in = const_cast<std::uint8_t*>(data.data()); // zlib does not write through it
    stream_->avail_in = static_cast<uInt>(data.size());
    run(Z_NO_FLUSH, out);
}

void Deflater::flush(std::vector<std::uint8_t>& out) {
    run(Z_SYNC_FLUSH, out);
}

void Deflater::run(int flush, std::vector<std::uint8_t>& out) {
    do {
        const std::size_t before = out.size();
        out.resize(before + std::max<std::size_t>(1024, stream_->avail_in / 2));
        stream_->next_out = out.data() + before;
        stream_->avail_out = static_cast<uInt>(out.size() - before);
        deflate(stream_.get(), flush);
        out.resize(out.size() - stream_->avail_out);
    } while (stream_->avail_out == 0);
}

Inflater::Inflater() : stream_(std::make_unique<Stream>()) {
    const int result = inflateInit(stream_.get());
    MILLRACE_ASSERT(result == Z_OK, "inflateInit gave {}", result);
}

Inflater::~Inflater() {
    inflateEnd(stream_.get());
}

Result<std::size_t> Inflater::next(std::span<const std::uint8_t>& data, std::span<std::uint8_t> into) {
    if (stream_->ended) {
        if (data.empty()) return std::size_t{0};
        return Error{ErrorCode::corrupt, "bytes behind the end of a compressed stream"};
    }
    stream_->next_in = const_cast<std::uint8_t*>(data.data());
    stream_->avail_in = static_cast<uInt>(data.size());
    stream_->next_out = into.data();
    stream_->avail_out = static_cast<uInt>(into.size());
    const int result = inflate(stream_.get(), Z_SYNC_FLUSH);
    data = data.last(stream_->avail_in);
    // Z_BUF_ERROR only says that nothing could be done without more input.
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return Error{ErrorCode::corrupt, "this is no zlib stream; is compression-type the same on both sides?"};
    stream_->ended = result == Z_STREAM_END;
    stream_->filled = stream_->avail_out == 0 && !stream_->ended;
    return into.size() - stream_->avail_out;
}

bool Inflater::mayHoldMore() const {
    return stream_->filled;
}

} // namespace millrace::rpc
