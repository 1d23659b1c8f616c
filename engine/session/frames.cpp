#include "session/frames.h"

#include "base/assertion.h"

#include <cstdint>

namespace millrace::session {

namespace {
constexpr std::size_t kLengthBytes = 4;
}

std::string frameOf(std::string_view message) {
    MILLRACE_ASSERT(message.size() <= kMostFrameBytes, "a message of {} bytes", message.size());
    std::string frame;
    frame.reserve(kLengthBytes + message.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        frame += static_cast<char>((message.size() >> shift) & 0xff);
    return frame += message;
}

Result<std::optional<std::string>> FrameReader::next() {
    const std::string_view rest = std::string_view(waiting_).substr(at_);
    if (rest.size() < kLengthBytes) return waitForMore();
    std::size_t length = 0;
    for (const char byte : rest.substr(0, kLengthBytes))
        length = length << 8 | static_cast<std::uint8_t>(byte);
    if (length > kMostFrameBytes)
        return Error{ErrorCode::protocol, "a message of " + std::to_string(length) + " bytes is too long"};
    if (rest.size() - kLengthBytes < length) return waitForMore();
    at_ += kLengthBytes + length;
    return std::optional(std::string(rest.substr(kLengthBytes, length)));
}

// What was read is dropped only when there is nothing more to cut, so that the rest is moved once a piece.
std::optional<std::string> FrameReader::waitForMore() {
    waiting_.erase(0, at_);
    at_ = 0;
    return std::nullopt;
}

} // namespace millrace::session
