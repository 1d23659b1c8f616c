#pragma once

#include "base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::session {

/// The most that one message may take. A peer that announces more is not believed, and nothing is allocated for it.
constexpr std::size_t kMostFrameBytes = 64 * 1024 * 1024;

/// The message behind its length (four bytes, the highest first). Precondition: at most kMostFrameBytes.
std::string frameOf(std::string_view message);

/// Cuts a stream into messages. One thread.
class FrameReader {
public:
    /// The next piece of the stream, of any size.
    void feed(std::string_view bytes) { waiting_ += bytes; }
    /// The next whole message; nothing while it has not come whole. After an error (protocol: a message that is too
    /// long) the stream is of no more use.
    Result<std::optional<std::string>> next();

private:
    std::optional<std::string> waitForMore();

    std::string waiting_;
    std::size_t at_ = 0; ///< where in `waiting_` the next frame begins
};

} // namespace millrace::session
