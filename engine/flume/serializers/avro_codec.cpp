#include "flume/serializers/avro_codec.h"

#include "base/assertion.h"
#include "flume/support/bzip2.h"

#include <fmt/format.h>

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

} // namespace

Result<AvroCodec> AvroCodec::named(std::string_view name) {
    constexpr std::pair<std::string_view, Compress> kCodecs[] = {
        {"null", &asItIs}, {"deflate", &deflate}, {"snappy", &snappy}, {"bzip2", &bzip2}, {"zstandard", &zstandard}};
    for (const auto& [known, compress] : kCodecs)
        if (known == name) return AvroCodec(known, compress);
    return Error{
        ErrorCode::unsupported,
        fmt::format("compressionCodec {} does not run here; null, deflate, snappy, bzip2 and zstandard do", name),
        false};
}

std::string AvroCodec::compressed(std::string_view block) const {
    return compress_(block);
}

} // namespace millrace::flume
