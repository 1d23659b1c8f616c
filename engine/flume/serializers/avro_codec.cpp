#include "flume/serializers/avro_codec.h"

#include "base/assertion.h"
#include "flume/support/bzip2.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

namespace millrace::flume {
namespace {

std::string asItIs(std::string_view block) {
    return std::string(block);
}

/// RFC 1951: without the head and the checksum that zlib has.
std::string deflate(std::string_view block) {
    constexpr int kRawWindow = -15, kMemory = 8;
    z_stream stream{};
    const int begun =
        ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawWindow, kMemory, Z_DEFAULT_STRATEGY);
    MILLRACE_ASSERT(begun == Z_OK, "deflate cannot begin: {}", begun);
    std::string out(::deflateBound(&stream, block.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block.data())); // NOLINT: zlib only reads it
    stream.avail_in = static_cast<uInt>(block.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    MILLRACE_ASSERT(ended == Z_STREAM_END, "deflate did not end: {}", ended);
    return out;
}

/// One block of snappy and the CRC-32 of what is in it, larger byte first.
std::string snappy(std::string_view block) {
    std::string out;
    ::snappy::Compress(block.data(), block.size(), &out);
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(block.data()), static_cast<uInt>(block.size()));
    for (const int shift : {24, 16, 8, 0})
        out += static_cast<char>(crc >> shift);
    return out;
}

std::string bzip2(std::string_view block) {
    std::string out;
    appendBzip2(block, out);
    return out;
}

std::string zstandard(std::string_view block) {
    std::string out(::ZSTD_compressBound(block.size()), '\0');
    const std::size_t size = ::ZSTD_compress(out.data(), out.size(), block.data(), block.size(), ZSTD_CLEVEL_DEFAULT);
    MILLRACE_ASSERT(!::ZSTD_isError(size), "zstd: {}", ::ZSTD_getErrorName(size));
    out.resize(size);
    return out;
}

Error tooLarge(std::size_t most) {
    return {ErrorCode::outOfRange, fmt::format("a block of more than {} bytes", most), false};
}

Error notOfCodec(std::string_view codec) {
    return {ErrorCode::corrupt, fmt::format("a block that is not compressed by {}", codec), false};
}

Result<std::string> copied(std::string_view block, std::size_t most) {
    if (block.size() > most) return tooLarge(most);
    return std::string(block);
}

Result<std::string> inflated(std::string_view block, std::size_t most) {
    constexpr int kRawWindow = -15;
    constexpr std::size_t kStep = 64 * 1024;
    z_stream stream{};
    const int begun = ::inflateInit2(&stream, kRawWindow);
    MILLRACE_ASSERT(begun == Z_OK, "inflate cannot begin: {}", begun);
    const std::unique_ptr<z_stream, decltype(&::inflateEnd)> owner(&stream, &::inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block.data())); // NOLINT: zlib only reads it
    stream.avail_in = static_cast<uInt>(block.size());
    std::string out;
    for (;;) {
        const std::size_t have = out.size();
        if (have > most) return tooLarge(most);
        out.resize(have + std::max(kStep, have));
        stream.next_out = reinterpret_cast<Bytef*>(out.data()) + have;
        stream.avail_out = static_cast<uInt>(out.size() - have);
        const int result = ::inflate(&stream, Z_NO_FLUSH);
        out.resize(out.size() - stream.avail_out);
        if (result == Z_STREAM_END) break;
        if (result != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) return notOfCodec("deflate");
    }
    if (out.size() > most) return tooLarge(most);
    return out;
}

Result<std::string> unsnapped(std::string_view block, std::size_t most) {
    constexpr std::size_t kChecksum = 4;
    std::size_t size = 0;
    if (block.size() < kChecksum) return notOfCodec("snappy");
    const std::string_view packed = block.substr(0, block.size() - kChecksum);
    if (!::snappy::GetUncompressedLength(packed.data(), packed.size(), &size)) return notOfCodec("snappy");
    if (size > most) return tooLarge(most);
    std::string out;
    if (!::snappy::Uncompress(packed.data(), packed.size(), &out)) return notOfCodec("snappy");
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size()));
    for (std::size_t i = 0; i < kChecksum; ++i)
        if (static_cast<char>(crc >> (24 - 8 * i)) != block[packed.size() + i])
            return Error{ErrorCode::corrupt, "a block whose checksum is wrong", false};
    return out;
}

Result<std::string> unbzipped(std::string_view block, std::size_t most) {
    std::string out;
    if (!expandBzip2(block, most, out)) return notOfCodec("bzip2");
    if (out.size() > most) return tooLarge(most);
    return out;
}

Result<std::string> unzstandard(std::string_view block, std::size_t most) {
    const auto stream = std::unique_ptr<ZSTD_DCtx, decltype(&::ZSTD_freeDCtx)>(::ZSTD_createDCtx(), &::ZSTD_freeDCtx);
    ZSTD_inBuffer in{block.data(), block.size(), 0};
    std::string out;
    for (std::size_t result = 1; result != 0;) {
        const std::size_t have = out.size();
        if (have > most) return tooLarge(most);
        out.resize(have + std::max(::ZSTD_DStreamOutSize(), have));
        ZSTD_outBuffer into{out.data(), out.size(), have};
        const std::size_t before = in.pos;
        result = ::ZSTD_decompressStream(stream.get(), &into, &in);
        out.resize(into.pos);
        const bool stuck = into.pos == have && in.pos == before;
        if (::ZSTD_isError(result) || (result != 0 && stuck)) return notOfCodec("zstandard");
    }
    if (out.size() > most) return tooLarge(most);
    return out;
}

} // namespace

Result<AvroCodec> AvroCodec::named(std::string_view name) {
    static constexpr Functions kCodecs[] = {{"null", &asItIs, &copied},
                                            {"deflate", &deflate, &inflated},
                                            {"snappy", &snappy, &unsnapped},
                                            {"bzip2", &bzip2, &unbzipped},
                                            {"zstandard", &zstandard, &unzstandard}};
    for (const Functions& known : kCodecs)
        if (known.name == name) return AvroCodec(known);
    return Error{ErrorCode::unsupported,
                 fmt::format("the codec {} does not run here; null, deflate, snappy, bzip2 and zstandard do", name),
                 false};
}

std::string AvroCodec::compressed(std::string_view block) const {
    return functions_->compress(block);
}

Result<std::string> AvroCodec::decompressed(std::string_view block, std::size_t most) const {
    return functions_->decompress(block, most);
}

} // namespace millrace::flume
