#pragma once

#include "base/file_system.h"
#include "flume/serializers/avro_codec.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace millrace::flume {

/// Reads an Avro file block by block (Avro 1.11 specification, "Object Container Files"). One thread.
class AvroContainer {
public:
    static constexpr std::size_t kSyncBytes = 16;

    /// Of the first `size` bytes of the file. The error `corrupt` says what it is that is no such file.
    static Result<AvroContainer> open(std::shared_ptr<const File> file, std::uint64_t size);

    /// An entry of the file's metadata; empty when there is none.
    const std::string& metadata(const std::string& key) const;
    std::uint64_t firstBlock() const { return firstBlock_; }

    struct Block {
        std::int64_t count = 0; ///< of data in it
        std::string data;       ///< as it was before it was compressed
        std::uint64_t next = 0; ///< where the next block begins
    };
    /// The block at this place; nothing at the end. outOfRange: it is larger than what is taken.
    Result<std::optional<Block>> block(std::uint64_t position) const;
    /// The first block whose sync marker in front of it stands at `position` or behind; the end when there is none.
    Result<std::uint64_t> blockBehind(std::uint64_t position) const;
    void grown(std::uint64_t size) { size_ = size; }

private:
    AvroContainer(std::shared_ptr<const File> file, std::uint64_t size, AvroCodec codec)
        : file_(std::move(file)), size_(size), codec_(codec) {}

    std::shared_ptr<const File> file_;
    std::uint64_t size_;
    AvroCodec codec_;
    std::map<std::string, std::string> metadata_;
    std::string sync_;
    std::uint64_t firstBlock_ = 0;
};

} // namespace millrace::flume
