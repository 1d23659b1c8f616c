#pragma once

#include "base/result.h"

#include <bzlib.h>
#include <lz4.h>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

/// Reads what Hadoop's codecs have written, one stream behind the other, as Hadoop's own readers do. What unpacks to
/// more than 64 MiB is refused.
namespace millrace::flume::test {

inline constexpr std::size_t kMostUnpacked = 64 << 20;

inline Error damagedStream(const char* what) {
    return {ErrorCode::corrupt, what, false};
}

/// gzip (RFC 1952) and zlib (RFC 1950).
inline Result<std::string> inflated(std::string_view packed) {
    std::string out;
    while (!packed.empty()) {
        z_stream stream{};
        if (::inflateInit2(&stream, MAX_WBITS + 32) != Z_OK) return damagedStream("zlib does not begin");
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        stream.avail_in = static_cast<uInt>(packed.size());
        int state = Z_OK;
        while (state == Z_OK && out.size() < kMostUnpacked) {
            const std::size_t filled = out.size();
            out.resize(filled + 65536);
            stream.next_out = reinterpret_cast<Bytef*>(out.data() + filled);
            stream.avail_out = 65536;
            state = ::inflate(&stream, Z_NO_FLUSH);
            out.resize(filled + (65536 - stream.avail_out));
        }
        packed.remove_prefix(packed.size() - stream.avail_in);
        ::inflateEnd(&stream);
        if (state != Z_STREAM_END) return damagedStream("zlib");
    }
    return out;
}

inline Result<std::string> unbzipped(std::string_view packed) {
    std::string out;
    while (!packed.empty()) {
        bz_stream stream{};
        if (::BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) return damagedStream("bzip2 does not begin");
        stream.next_in = const_cast<char*>(packed.data());
        stream.avail_in = static_cast<unsigned>(packed.size());
        int state = BZ_OK;
        while (state == BZ_OK && out.size() < kMostUnpacked) {
            const std::size_t filled = out.size();
            out.resize(filled + 65536);
            stream.next_out = out.data() + filled;
            stream.avail_out = 65536;
            state = ::BZ2_bzDecompress(&stream);
            const bool stuck = stream.avail_out == 65536 && stream.avail_in == 0;
            out.resize(filled + (65536 - stream.avail_out));
            if (stuck && state == BZ_OK) break;
        }
        packed.remove_prefix(packed.size() - stream.avail_in);
        ::BZ2_bzDecompressEnd(&stream);
        if (state != BZ_STREAM_END) return damagedStream("bzip2");
    }
    return out;
}

inline Result<std::string> unzstd(std::string_view packed) {
    std::string out;
    while (!packed.empty()) {
        const std::size_t frame = ::ZSTD_findFrameCompressedSize(packed.data(), packed.size());
        if (::ZSTD_isError(frame)) return damagedStream("zstd");
        const auto size = ::ZSTD_getFrameContentSize(packed.data(), frame);
        if (size > kMostUnpacked) return damagedStream("zstd");
        const std::size_t filled = out.size();
        out.resize(filled + size);
        if (::ZSTD_decompress(out.data() + filled, size, packed.data(), frame) != size) return damagedStream("zstd");
        packed.remove_prefix(frame);
    }
    return out;
}

inline std::size_t bigEndian(std::string_view bytes) {
    std::size_t value = 0;
    for (const char c : bytes.substr(0, 4))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

/// BlockDecompressorStream of Snappy (`lz4` false) or LZ4.
inline Result<std::string> unblocked(std::string_view packed, bool lz4) {
    std::string out;
    while (!packed.empty()) {
        if (packed.size() < 8) return damagedStream("a block ends early");
        const std::size_t plain = bigEndian(packed), size = bigEndian(packed.substr(4));
        packed.remove_prefix(8);
        if (size > packed.size() || plain > 256 * 1024) return damagedStream("a block's length");
        std::string block(plain, '\0');
        const auto part = packed.substr(0, size);
        std::size_t snappyPlain = 0;
        const bool good = lz4 ? ::LZ4_decompress_safe(part.data(), block.data(), static_cast<int>(size),
                                                      static_cast<int>(plain)) == static_cast<int>(plain)
                              : ::snappy::GetUncompressedLength(part.data(), size, &snappyPlain) &&
                                    snappyPlain == plain && ::snappy::RawUncompress(part.data(), size, block.data());
        if (!good) return damagedStream("a block");
        out += block;
        packed.remove_prefix(size);
    }
    return out;
}

/// By the simple name of the codec's class: "GzipCodec".
inline Result<std::string> unpacked(std::string_view codec, std::string_view packed) {
    if (codec == "BZip2Codec") return unbzipped(packed);
    if (codec == "ZStandardCodec") return unzstd(packed);
    if (codec == "SnappyCodec" || codec == "Lz4Codec") return unblocked(packed, codec == "Lz4Codec");
    if (codec == "GzipCodec" || codec == "DefaultCodec" || codec == "DeflateCodec") return inflated(packed);
    return damagedStream("an unknown codec");
}

} // namespace millrace::flume::test
