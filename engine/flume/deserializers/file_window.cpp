#include "flume/deserializers/file_window.h"

#include <algorithm>
#include <cstring>

namespace millrace::flume {

Result<bool> FileWindow::more() {
    constexpr std::size_t kPiece = 256 * 1024;
    const std::uint64_t at = position_ + seen().size();
    if (at >= size_) return false;
    // What was taken makes room; a line that does not fit doubles what is read.
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
    const std::size_t held = buffer_.size();
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(kPiece, held), size_ - at));
    buffer_.resize(held + wanted);
    const auto got = file_->readAt(at, std::span(buffer_).subspan(held));
    buffer_.resize(held + (got ? *got : 0));
    if (!got) return got.error();
    return *got > 0;
}

} // namespace millrace::flume
