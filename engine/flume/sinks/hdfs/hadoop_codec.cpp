#include "flume/sinks/hdfs/hadoop_codec.h"

#include "base/assertion.h"
#include "catalog/check_support.h"
#include "flume/support/bzip2.h"

#include <fmt/core.h>
#include <lz4.h>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace millrace::flume {
namespace {

constexpr std::string_view kPackage = "org.apache.hadoop.io.compress.";
constexpr std::size_t kRoomStep = 64 * 1024;
/// The decompressors of blocks have room for 256 KiB, packed and unpacked (io.compression.codec.*.buffersize).
constexpr std::size_t kBlock = 128 * 1024;

void zlibStream(std::string_view piece, std::string& out, int window) {
    constexpr int kMemory = 8;
    z_stream stream{};
    const int begun = ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, kMemory, Z_DEFAULT_STRATEGY);
    MILLRACE_ASSERT(begun == Z_OK, "zlib cannot begin: {}", begun);
    const std::size_t before = out.size();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data())); // NOLINT: zlib only reads it
    stream.avail_in = static_cast<uInt>(piece.size());
    int state = Z_OK;
    while (state == Z_OK) {
        const std::size_t filled = before + stream.total_out;
        out.resize(filled + kRoomStep);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + filled);
        stream.avail_out = kRoomStep;
        state = ::deflate(&stream, Z_FINISH);
    }
    out.resize(before + stream.total_out);
    ::deflateEnd(&stream);
    MILLRACE_ASSERT(state == Z_STREAM_END, "zlib did not end: {}", state);
}

void packGzip(std::string_view piece, std::string& out) {
    zlibStream(piece, out, MAX_WBITS + 16); // with the head of RFC 1952
}

void packDeflate(std::string_view piece, std::string& out) {
    zlibStream(piece, out, MAX_WBITS);
}

void packZstandard(std::string_view piece, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + ::ZSTD_compressBound(piece.size()));
    const std::size_t size =
        ::ZSTD_compress(out.data() + before, out.size() - before, piece.data(), piece.size(), ZSTD_CLEVEL_DEFAULT);
    MILLRACE_ASSERT(!::ZSTD_isError(size), "zstd: {}", ::ZSTD_getErrorName(size));
    out.resize(before + size);
}

void appendInt(std::size_t value, std::string& out) {
    for (const int shift : {24, 16, 8, 0})
        out += static_cast<char>(value >> shift);
}

/// Hadoop's BlockCompressorStream: for each block how long it is unpacked, how long packed, and what is in it.
template <typename Pack>
void blocks(std::string_view piece, std::string& out, Pack pack) {
    std::string packed;
    for (std::size_t at = 0; at < piece.size(); at += kBlock) {
        const auto block = piece.substr(at, kBlock);
        pack(block, packed);
        appendInt(block.size(), out);
        appendInt(packed.size(), out);
        out += packed;
    }
}

void packSnappy(std::string_view piece, std::string& out) {
    blocks(piece, out, [](std::string_view block, std::string& packed) {
        ::snappy::Compress(block.data(), block.size(), &packed);
    });
}

void packLz4(std::string_view piece, std::string& out) {
    blocks(piece, out, [](std::string_view block, std::string& packed) {
        packed.resize(static_cast<std::size_t>(::LZ4_compressBound(static_cast<int>(block.size()))));
        const int size = ::LZ4_compress_default(block.data(), packed.data(), static_cast<int>(block.size()),
                                                static_cast<int>(packed.size()));
        MILLRACE_ASSERT(size > 0, "lz4 has no room");
        packed.resize(static_cast<std::size_t>(size));
    });
}

} // namespace

Result<HadoopCodec> HadoopCodec::named(std::string_view name) {
    static const HadoopCodec kCodecs[] = {
        {"org.apache.hadoop.io.compress.GzipCodec", ".gz", &packGzip},
        {"org.apache.hadoop.io.compress.BZip2Codec", ".bz2", &appendBzip2},
        {"org.apache.hadoop.io.compress.DeflateCodec", ".deflate", &packDeflate},
        {"org.apache.hadoop.io.compress.DefaultCodec", ".deflate", &packDeflate},
        {"org.apache.hadoop.io.compress.Lz4Codec", ".lz4", &packLz4},
        {"org.apache.hadoop.io.compress.SnappyCodec", ".snappy", &packSnappy},
        {"org.apache.hadoop.io.compress.ZStandardCodec", ".zst", &packZstandard},
    };
    constexpr std::string_view kEnding = "Codec";
    for (const HadoopCodec& codec : kCodecs) {
        const auto simple = codec.className_.substr(kPackage.size());
        const auto shorter = simple.substr(0, simple.size() - kEnding.size());
        if (name == codec.className_ || catalog::equalsIgnoringCase(name, simple) ||
            catalog::equalsIgnoringCase(name, shorter))
            return codec;
    }
    return Error{ErrorCode::unsupported,
                 fmt::format("hdfs.codeC = {} does not run here; gzip, bzip2, deflate, default, lz4, snappy and "
                             "zstandard do",
                             name),
                 false};
}

} // namespace millrace::flume
