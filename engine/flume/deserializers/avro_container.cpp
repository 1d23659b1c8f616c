#include "flume/deserializers/avro_container.h"

#include "rpc/avro_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace millrace::flume {
namespace {

constexpr std::string_view kObjectMagic("Obj\1", 4);
/// Of the schema and all that stands beside it.
constexpr std::uint64_t kLargestHeader = 16u << 20;
/// Of a block, compressed or not; those of Avro's writers are 64 KiB.
constexpr std::uint64_t kLargestBlock = 256u << 20;
/// Two numbers.
constexpr std::size_t kLargestBlockHead = 20;

Error broken(std::uint64_t position, std::string_view what) {
    return {ErrorCode::corrupt, fmt::format("byte {}: {}", position, what), false};
}

Result<std::vector<std::uint8_t>> bytesAt(const File& file, std::uint64_t position, std::uint64_t count) {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(count));
    const auto got = file.readAt(position, bytes);
    if (!got) return got.error();
    bytes.resize(*got);
    return bytes;
}

std::string_view textOf(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

Result<AvroContainer> AvroContainer::open(std::shared_ptr<const File> file, std::uint64_t size) {
    const auto bytes = bytesAt(*file, 0, std::min(size, kLargestHeader));
    MILLRACE_TRY(bytes);
    if (!textOf(*bytes).starts_with(kObjectMagic)) return broken(0, "this is no Avro file");
    const std::span<const std::uint8_t> head(*bytes);
    rpc::AvroReader reader(head.subspan(kObjectMagic.size()));
    std::map<std::string, std::string> metadata;
    while (std::size_t count = reader.readBlock(rpc::AvroReader::kLeastMapEntryBytes))
        for (; count > 0; --count) {
            const std::string key(reader.readBytes());
            metadata[key] = reader.readBytes();
        }
    const std::string sync(reader.readFixed(kSyncBytes));
    if (reader.failed()) return broken(0, "the head of this Avro file is broken");
    const auto codec = AvroCodec::named(metadata.contains("avro.codec") ? metadata["avro.codec"] : "null");
    if (!codec) return codec.error();
    AvroContainer container(std::move(file), size, *codec);
    container.metadata_ = std::move(metadata);
    container.sync_ = sync;
    container.firstBlock_ = bytes->size() - reader.left();
    return container;
}

const std::string& AvroContainer::metadata(const std::string& key) const {
    static const std::string kNone;
    const auto found = metadata_.find(key);
    return found == metadata_.end() ? kNone : found->second;
}

Result<std::optional<AvroContainer::Block>> AvroContainer::block(std::uint64_t position) const {
    if (position >= size_) return std::optional<Block>();
    const auto head = bytesAt(*file_, position, std::min<std::uint64_t>(kLargestBlockHead, size_ - position));
    MILLRACE_TRY(head);
    rpc::AvroReader reader(*head);
    Block block;
    block.count = reader.readLong();
    const std::int64_t bytes = reader.readLong();
    const std::uint64_t begin = position + head->size() - reader.left();
    if (reader.failed() || block.count < 0 || bytes < 0 ||
        static_cast<std::uint64_t>(bytes) + kSyncBytes > size_ - begin)
        return broken(position, "a block that is broken, or goes on behind the end of the file");
    if (static_cast<std::uint64_t>(bytes) > kLargestBlock)
        return Error{ErrorCode::outOfRange,
                     fmt::format("byte {}: a block of {} bytes, the most is {}", position, bytes, kLargestBlock),
                     false};
    const auto data = bytesAt(*file_, begin, static_cast<std::uint64_t>(bytes) + kSyncBytes);
    MILLRACE_TRY(data);
    const std::string_view text = textOf(*data);
    if (text.size() != static_cast<std::size_t>(bytes) + kSyncBytes || !text.ends_with(sync_))
        return broken(position, "a block without the sync marker of its file behind it");
    auto content = codec_.decompressed(text.substr(0, static_cast<std::size_t>(bytes)), kLargestBlock);
    if (!content) return content.error().in(fmt::format("byte {}", position));
    block.data = std::move(*content);
    block.next = begin + text.size();
    return std::optional(std::move(block));
}

Result<std::uint64_t> AvroContainer::blockBehind(std::uint64_t position) const {
    constexpr std::uint64_t kPiece = 64 * 1024;
    if (position + kSyncBytes <= firstBlock_) return firstBlock_;
    while (position < size_) {
        const auto piece = bytesAt(*file_, position, std::min(kPiece, size_ - position));
        MILLRACE_TRY(piece);
        const std::size_t found = textOf(*piece).find(sync_);
        if (found != std::string_view::npos) return position + found + kSyncBytes;
        if (piece->size() < kSyncBytes || position + piece->size() >= size_) break;
        position += piece->size() - (kSyncBytes - 1);
    }
    return size_;
}

} // namespace millrace::flume
