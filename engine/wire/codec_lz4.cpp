#include "wire/codecs.h"

#include <algorithm>
#include <lz4frame.h>

namespace millrace::wire::codecs {

namespace {
constexpr int kThoroughFrom = 3; // what LZ4F takes below is the fast one again

struct Context {
    LZ4F_dctx* context = nullptr;
    bool ready = !LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION));
    ~Context() {
        if (ready) LZ4F_freeDecompressionContext(context);
    }
};
} // namespace

Result<Block> unlz4(View block, std::size_t limitBytes) {
    Context lz4;
    if (!lz4.ready) return damaged("lz4", "no memory");
    Block out(grown(2 * block.size(), limitBytes));
    std::size_t done = 0;
    for (std::size_t at = 0;;) {
        std::size_t written = out.size() - done, read = block.size() - at;
        const std::size_t hint =
            LZ4F_decompress(lz4.context, out.data() + done, &written, block.data() + at, &read, nullptr);
        if (LZ4F_isError(hint)) return damaged("lz4", LZ4F_getErrorName(hint));
        done += written, at += read;
        if (hint == 0 && at == block.size()) break;
        if (done == out.size()) {
            if (out.size() >= limitBytes) return tooLarge("lz4", limitBytes);
            out.resize(grown(out.size(), limitBytes));
        } else if (at == block.size()) {
            return damaged("lz4", "ends too early");
        }
    }
    out.resize(done);
    return out;
}

Result<Block> lz4(View data, int level) {
    LZ4F_preferences_t preferences{};
    // To Kafka its default is the fast compressor, and every other level the thorough one.
    preferences.compressionLevel =
        level == kLz4Level ? 0 : std::clamp(level, kThoroughFrom, LZ4F_compressionLevel_max());
    preferences.frameInfo.blockMode = LZ4F_blockIndependent; // Java refuses dependent blocks
    preferences.frameInfo.blockSizeID = LZ4F_max64KB;
    Block out(LZ4F_compressFrameBound(data.size(), &preferences));
    const std::size_t size = LZ4F_compressFrame(out.data(), out.size(), data.data(), data.size(), &preferences);
    if (LZ4F_isError(size)) return damaged("lz4", LZ4F_getErrorName(size));
    out.resize(size);
    return out;
}

} // namespace millrace::wire::codecs
