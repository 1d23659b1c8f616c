#include "flume/sources/taildir/tail_file.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace millrace::flume {
namespace {

constexpr std::size_t kReadBytes = 128 * 1024;
/// A buffer that grew for one long line is given back when the next file is read.
constexpr std::size_t kKeptBuffer = 1u << 20;
constexpr std::string_view kOffsetHeader = "byteoffset";

} // namespace

void TailReader::forget(const TailFile& file) {
    if (owner_ == &file) owner_ = nullptr;
}

Result<std::size_t> TailReader::readMore(const TailFile& file, std::uint64_t from) {
    const auto skip = static_cast<std::size_t>(from - begin_);
    if (skip > 0) {
        std::memmove(buffer_.data(), buffer_.data() + skip, used_ - skip);
        used_ -= skip;
        begin_ = from;
    }
    // A long line doubles the buffer, so that its pieces are moved only a few times.
    if (buffer_.size() - used_ < kReadBytes) buffer_.resize(std::max(used_ + kReadBytes, 2 * used_));
    auto read = file.handle->readAt(begin_ + used_, std::span(buffer_).subspan(used_));
    if (read) used_ += *read;
    return read;
}

Result<std::uint64_t> TailReader::readLines(const TailFile& file, const LineOptions& options,
                                            EventBatchBuilder& builder) {
    std::uint64_t at = file.position;
    if (owner_ != &file || at < begin_ || at > begin_ + used_) {
        owner_ = &file;
        begin_ = at;
        used_ = 0;
        if (buffer_.size() > kKeptBuffer) std::vector<std::uint8_t>().swap(buffer_);
    }
    const auto add = [&](std::string_view line) {
        if (options.byteOffsetHeader)
            builder.setHeaders(
                std::make_shared<const HeaderSet>(file.headers->with(kOffsetHeader, std::to_string(at))));
        return builder.add(line);
    };
    if (!options.byteOffsetHeader) builder.setHeaders(file.headers);
    std::size_t searched = 0; // of what stands behind `at`: known to hold no line end
    while (builder.size() < options.maxLines) {
        const auto* text = reinterpret_cast<const char*>(buffer_.data()) + (at - begin_);
        const std::size_t size = have(at);
        const void* end = size > searched ? std::memchr(text + searched, '\n', size - searched) : nullptr;
        if (end) {
            const auto length = static_cast<std::size_t>(static_cast<const char*>(end) - text);
            const bool carriageReturn = length > 0 && text[length - 1] == '\r';
            if (!add({text, carriageReturn ? length - 1 : length})) break;
            at += length + 1;
            searched = 0;
            continue;
        }
        if (size >= kLongestLine) {
            if (!add({text, kLongestLine})) break;
            at += kLongestLine;
            searched = 0;
            continue;
        }
        searched = size;
        const auto more = readMore(file, at);
        if (!more) return more.error();
        if (*more > 0) continue;
        if (options.takeUnfinished && size > 0) {
            if (add({reinterpret_cast<const char*>(buffer_.data()) + (at - begin_), size})) at += size;
        }
        break;
    }
    return at;
}

} // namespace millrace::flume
