#include "base/big_endian.h"
#include "wire/codecs.h"

#include <algorithm>
#include <array>
#include <snappy.h>

namespace millrace::wire::codecs {

namespace {

// What snappy-java puts before its chunks: magic, version 1, lowest version that can read it 1.
constexpr std::array<std::uint8_t, 16> kJavaHeader{0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1};
constexpr std::size_t kMagicBytes = 8;
constexpr std::size_t kChunkBytes = 32 * 1024;

const char* chars(const std::uint8_t* at) {
    return reinterpret_cast<const char*>(at);
}

/// Adds one raw block to `out`.
Status openRaw(View block, std::size_t limitBytes, Block& out) {
    std::size_t size = 0;
    if (!snappy::GetUncompressedLength(chars(block.data()), block.size(), &size)) return damaged("snappy", "no length");
    if (size > limitBytes - out.size()) return tooLarge("snappy", limitBytes);
    // A raw block's size is only a claim until all of it was walked.
    if (!snappy::IsValidCompressedBuffer(chars(block.data()), block.size())) return damaged("snappy", "broken data");
    const std::size_t before = out.size();
    out.resize(before + size);
    if (!snappy::RawUncompress(chars(block.data()), block.size(), reinterpret_cast<char*>(out.data() + before)))
        return damaged("snappy", "broken data");
    return ok();
}

} // namespace

Result<Block> unsnappy(View block, std::size_t limitBytes) {
    Block out;
    if (block.size() < kJavaHeader.size() ||
        !std::equal(kJavaHeader.begin(), kJavaHeader.begin() + kMagicBytes, block.begin())) {
        MILLRACE_TRY(openRaw(block, limitBytes, out));
        return out;
    }
    for (View rest = block.subspan(kJavaHeader.size()); !rest.empty();) {
        if (rest.size() < 4) return damaged("snappy", "ends inside a chunk length");
        const auto size = loadBigEndian<std::uint32_t>(rest.data());
        rest = rest.subspan(4);
        if (size > rest.size()) return damaged("snappy", "ends inside a chunk");
        MILLRACE_TRY(openRaw(rest.first(size), limitBytes, out));
        rest = rest.subspan(size);
    }
    return out;
}

Result<Block> snappy(View data) {
    Block out(kJavaHeader.begin(), kJavaHeader.end());
    for (; !data.empty(); data = data.subspan(std::min(kChunkBytes, data.size()))) {
        const View chunk = data.first(std::min(kChunkBytes, data.size()));
        const std::size_t at = out.size();
        out.resize(at + 4 + snappy::MaxCompressedLength(chunk.size()));
        std::size_t size = 0;
        snappy::RawCompress(chars(chunk.data()), chunk.size(), reinterpret_cast<char*>(out.data() + at + 4), &size);
        storeBigEndian(out.data() + at, static_cast<std::uint32_t>(size));
        out.resize(at + 4 + size);
    }
    return out;
}

} // namespace millrace::wire::codecs
