#include "wire/compression.h"

#include "wire/codecs.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::wire {

namespace codecs {

Error tooLarge(const char* codec, std::size_t limitBytes) {
    return {ErrorCode::outOfRange, fmt::format("{} block opens to more than the limit of {} bytes", codec, limitBytes)};
}

Error damaged(const char* codec, const char* what) {
    return {ErrorCode::corrupt, fmt::format("{} block: {}", codec, what)};
}

std::size_t grown(std::size_t size, std::size_t limitBytes) {
    return std::min(limitBytes, std::max<std::size_t>(2 * size, 4096));
}

} // namespace codecs

namespace {

Error unknownCodec(Codec codec) {
    return {ErrorCode::unsupported, fmt::format("unknown compression codec {}", static_cast<int>(codec))};
}

Result<codecs::Block> open(Codec codec, codecs::View block, std::size_t limitBytes) {
    switch (codec) {
    case Codec::none:
        break;
    case Codec::gzip:
        return codecs::gunzip(block, limitBytes);
    case Codec::snappy:
        return codecs::unsnappy(block, limitBytes);
    case Codec::lz4:
        return codecs::unlz4(block, limitBytes);
    case Codec::zstd:
        return codecs::unzstd(block, limitBytes);
    }
    return unknownCodec(codec);
}

} // namespace

const char* toString(Codec codec) {
    switch (codec) {
    case Codec::none:
        return "none";
    case Codec::gzip:
        return "gzip";
    case Codec::snappy:
        return "snappy";
    case Codec::lz4:
        return "lz4";
    case Codec::zstd:
        return "zstd";
    }
    return "unknown";
}

Result<Bytes> decompress(Codec codec, const Bytes& block, std::size_t limitBytes) {
    if (codec == Codec::none) {
        if (block.size() > limitBytes) return codecs::tooLarge("uncompressed", limitBytes);
        return block;
    }
    auto opened = open(codec, block.span(), limitBytes);
    if (!opened) return opened.error();
    return Bytes(std::move(*opened));
}

Result<std::vector<std::uint8_t>> compress(Codec codec, std::span<const std::uint8_t> data, std::optional<int> level) {
    switch (codec) {
    case Codec::none:
        return codecs::Block(data.begin(), data.end());
    case Codec::gzip:
        return codecs::gzip(data, level.value_or(codecs::kGzipLevel));
    case Codec::snappy:
        return codecs::snappy(data);
    case Codec::lz4:
        return codecs::lz4(data, level.value_or(codecs::kLz4Level));
    case Codec::zstd:
        return codecs::zstd(data, level.value_or(codecs::kZstdLevel));
    }
    return unknownCodec(codec);
}

} // namespace millrace::wire
