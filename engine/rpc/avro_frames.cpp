#include "rpc/avro_frames.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::rpc {

namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kLengthBytes = 4;

std::int32_t readInt(const std::uint8_t* at) {
    return static_cast<std::int32_t>(std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 |
                                     std::uint32_t{at[2]} << 8 | at[3]);
}

void writeInt(std::vector<std::uint8_t>& out, std::size_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

} // namespace

/// The usual message: all of it is there, in one buffer. It needs no copy.
std::optional<AvroMessage> AvroMessageAssembler::inOnePiece(std::span<const std::uint8_t>& data) const {
    constexpr std::size_t before = kHeaderBytes + kLengthBytes;
    if (step_ != Step::header || fieldHave_ > 0 || data.size() < before || readInt(&data[4]) != 1) return std::nullopt;
    const std::int32_t length = readInt(&data[kHeaderBytes]);
    if (length < 0 || static_cast<std::size_t>(length) > std::min(limit_, data.size() - before)) return std::nullopt;
    const AvroMessage message{readInt(data.data()), data.subspan(before, static_cast<std::size_t>(length))};
    data = data.subspan(before + static_cast<std::size_t>(length));
    return message;
}

bool AvroMessageAssembler::takeField(std::span<const std::uint8_t>& data, std::size_t bytes) {
    const std::size_t piece = std::min(bytes - fieldHave_, data.size());
    std::copy_n(data.begin(), piece, field_.begin() + static_cast<std::ptrdiff_t>(fieldHave_));
    fieldHave_ += piece;
    data = data.subspan(piece);
    if (fieldHave_ < bytes) return false;
    fieldHave_ = 0;
    return true;
}

Status AvroMessageAssembler::beginBuffer() {
    const std::int32_t length = readInt(field_.data());
    if (length < 0 || static_cast<std::size_t>(length) > limit_ - body_.size())
        return Error{ErrorCode::protocol,
                     fmt::format("an Avro message with a part of {} bytes behind {}, the limit is {}", length,
                                 body_.size(), limit_)};
    bytesLeft_ = static_cast<std::size_t>(length);
    step_ = Step::bytes;
    return ok();
}

void AvroMessageAssembler::release() {
    if (std::exchange(delivered_, false)) body_.release();
}

Result<std::optional<AvroMessage>> AvroMessageAssembler::next(std::span<const std::uint8_t>& data) {
    release();
    if (auto whole = inOnePiece(data)) return whole;
    for (;;) {
        if (step_ == Step::header) {
            if (!takeField(data, kHeaderBytes)) return std::optional<AvroMessage>();
            serial_ = readInt(field_.data());
            buffersLeft_ = readInt(field_.data() + 4);
            if (buffersLeft_ < 0)
                return Error{ErrorCode::protocol, fmt::format("an Avro message of {} parts", buffersLeft_)};
            step_ = Step::length;
        }
        if (step_ == Step::length && buffersLeft_ > 0) {
            if (!takeField(data, kLengthBytes)) return std::optional<AvroMessage>();
            MILLRACE_TRY(beginBuffer());
        }
        if (step_ == Step::bytes) {
            const std::size_t piece = std::min(bytesLeft_, data.size());
            body_.append(data.first(piece));
            data = data.subspan(piece);
            bytesLeft_ -= piece;
            if (bytesLeft_ > 0) return std::optional<AvroMessage>();
            --buffersLeft_;
            step_ = Step::length;
        }
        if (buffersLeft_ > 0) continue;
        step_ = Step::header;
        delivered_ = true;
        return std::optional(AvroMessage{serial_, body_.data()});
    }
}

void appendAvroFrame(std::int32_t serial, std::span<const std::span<const std::uint8_t>> buffers,
                     std::vector<std::uint8_t>& out) {
    writeInt(out, static_cast<std::uint32_t>(serial));
    writeInt(out, buffers.size());
    for (const auto& buffer : buffers) {
        writeInt(out, buffer.size());
        out.insert(out.end(), buffer.begin(), buffer.end());
    }
}

} // namespace millrace::rpc
