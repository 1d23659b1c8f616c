#include "wire/codecs.h"

#include <zstd.h>

namespace millrace::wire::codecs {

namespace {
// Larger windows would let a few hostile bytes ask for a gigabyte; 8 MiB is what every encoder below level 20 stays in.
constexpr int kWindowLog = 23;

struct Context {
    ZSTD_DCtx* context = ZSTD_createDCtx();
    ~Context() { ZSTD_freeDCtx(context); }
};
} // namespace

Result<Block> unzstd(View block, std::size_t limitBytes) {
    Context zstd;
    if (!zstd.context || ZSTD_isError(ZSTD_DCtx_setParameter(zstd.context, ZSTD_d_windowLogMax, kWindowLog)))
        return damaged("zstd", "no memory");
    Block out(grown(2 * block.size(), limitBytes));
    ZSTD_inBuffer in{block.data(), block.size(), 0};
    ZSTD_outBuffer target{out.data(), out.size(), 0};
    for (;;) {
        const std::size_t hint = ZSTD_decompressStream(zstd.context, &target, &in);
        if (ZSTD_isError(hint)) return damaged("zstd", ZSTD_getErrorName(hint));
        if (hint == 0 && in.pos == in.size) break;
        if (target.pos == target.size) {
            if (out.size() >= limitBytes) return tooLarge("zstd", limitBytes);
            out.resize(grown(out.size(), limitBytes));
            target.dst = out.data(), target.size = out.size();
        } else if (in.pos == in.size) {
            return damaged("zstd", "ends too early");
        }
    }
    out.resize(target.pos);
    return out;
}

Result<Block> zstd(View data, int level) {
    Block out(ZSTD_compressBound(data.size()));
    const std::size_t size = ZSTD_compress(out.data(), out.size(), data.data(), data.size(), level);
    if (ZSTD_isError(size)) return damaged("zstd", ZSTD_getErrorName(size));
    out.resize(size);
    return out;
}

} // namespace millrace::wire::codecs
