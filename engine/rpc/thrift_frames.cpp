#include "rpc/thrift_frames.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

namespace millrace::rpc {

Status ThriftFrames::beginFrame() {
    const auto length = loadBigEndian<std::uint32_t>(header_.data());
    if (length == 0 || length > limit_)
        return Error{
            ErrorCode::protocol,
            fmt::format("a Thrift frame of {} bytes, the limit is {}; the sender must use the framed transport",
                        static_cast<std::int32_t>(length), limit_)};
    length_ = length;
    return ok();
}

void ThriftFrames::release() {
    if (std::exchange(delivered_, false)) body_.release();
}

Result<std::optional<std::span<const std::uint8_t>>> ThriftFrames::next(std::span<const std::uint8_t>& data) {
    using Frame = std::optional<std::span<const std::uint8_t>>;
    release();
    if (headerHave_ < header_.size()) {
        const std::size_t piece = std::min(header_.size() - headerHave_, data.size());
        std::copy_n(data.begin(), piece, header_.begin() + static_cast<std::ptrdiff_t>(headerHave_));
        headerHave_ += piece;
        data = data.subspan(piece);
        if (headerHave_ < header_.size()) return Frame();
        MILLRACE_TRY(beginFrame());
    }
    // The usual frame: all of it is there. It needs no copy.
    if (body_.empty() && data.size() >= length_) {
        const auto whole = data.first(length_);
        data = data.subspan(length_);
        headerHave_ = 0;
        return Frame(whole);
    }
    const std::size_t piece = std::min(length_ - body_.size(), data.size());
    body_.append(data.first(piece));
    data = data.subspan(piece);
    if (body_.size() < length_) return Frame();
    headerHave_ = 0;
    delivered_ = true;
    return Frame(body_.data());
}

} // namespace millrace::rpc
