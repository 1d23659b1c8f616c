#include "wire/codecs.h"

#include <limits>
#include <zlib.h>

namespace millrace::wire::codecs {

namespace {
constexpr int kGzipWindow = 15 + 16; // the largest window, gzip header and trailer

struct Inflater {
    z_stream stream{};
    bool ready = inflateInit2(&stream, kGzipWindow) == Z_OK;
    ~Inflater() {
        if (ready) inflateEnd(&stream);
    }
};
struct Deflater {
    explicit Deflater(int level)
        : ready(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK) {}
    z_stream stream{};
    bool ready;
    ~Deflater() {
        if (ready) deflateEnd(&stream);
    }
};
} // namespace

Result<Block> gunzip(View block, std::size_t limitBytes) {
    Inflater inflater;
    z_stream& stream = inflater.stream;
    if (!inflater.ready) return damaged("gzip", "no memory");
    stream.next_in = const_cast<Bytef*>(block.data());
    stream.avail_in = static_cast<uInt>(block.size());
    Block out(grown(2 * block.size(), limitBytes));
    std::size_t done = 0;
    for (;;) {
        stream.next_out = out.data() + done;
        stream.avail_out = static_cast<uInt>(out.size() - done);
        const int code = inflate(&stream, Z_NO_FLUSH);
        done = out.size() - stream.avail_out;
        if (code == Z_STREAM_END) {
            if (stream.avail_in == 0) break;
            // Another gzip member behind the first is part of the same block.
            if (inflateReset(&stream) != Z_OK) return damaged("gzip", "cannot go on");
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return damaged("gzip", stream.msg ? stream.msg : "broken data");
        }
        if (stream.avail_out == 0) {
            if (out.size() >= limitBytes) return tooLarge("gzip", limitBytes);
            out.resize(grown(out.size(), limitBytes));
        } else if (stream.avail_in == 0) {
            return damaged("gzip", "ends too early");
        }
    }
    out.resize(done);
    return out;
}

Result<Block> gzip(View data, int level) {
    Deflater deflater(level);
    z_stream& stream = deflater.stream;
    if (!deflater.ready || data.size() > std::numeric_limits<uInt>::max())
        return damaged("gzip", "too large to compress");
    Block out(deflateBound(&stream, static_cast<uLong>(data.size())));
    stream.next_in = const_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return damaged("gzip", "cannot be written");
    out.resize(out.size() - stream.avail_out);
    return out;
}

} // namespace millrace::wire::codecs
