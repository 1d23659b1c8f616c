#pragma once

#include "base/file_system.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// What was read ahead of a file, from a position on. One thread.
class FileWindow {
public:
    FileWindow(std::shared_ptr<const File> file, std::uint64_t position, std::uint64_t size)
        : file_(std::move(file)), position_(position), size_(size) {}

    /// Good until the next call of more() or take().
    std::string_view seen() const {
        return {reinterpret_cast<const char*>(buffer_.data()) + begin_, buffer_.size() - begin_};
    }
    std::uint64_t position() const { return position_; } ///< of what is seen first
    /// Reads further; false at the end.
    Result<bool> more();
    /// Goes on behind so many bytes of what is seen.
    void take(std::size_t bytes) {
        begin_ += bytes;
        position_ += bytes;
    }
    /// The file has become longer.
    void grown(std::uint64_t size) { size_ = size; }

private:
    std::shared_ptr<const File> file_;
    std::uint64_t position_;
    std::uint64_t size_;
    std::vector<std::uint8_t> buffer_;
    std::size_t begin_ = 0; ///< of what is not taken yet
};

} // namespace millrace::flume
