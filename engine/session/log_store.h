#pragma once

#include "base/log.h"
#include "session/session.h"

#include <deque>
#include <functional>
#include <mutex>

namespace millrace::session {

/// Keeps the newest lines for readers with a cursor. Any thread. Bounded in lines and in length of a line; what a slow
/// reader missed is counted, never waited for.
class LogStore final : public Log {
public:
    static constexpr std::size_t kLines = 5'000;
    static constexpr std::size_t kLineBytes = 4'096;

    void write(LogLevel level, std::string_view node, std::string_view text) override;
    /// Lines after sequence `after` (0 = from the oldest kept), at most `maxLines`.
    LogPage page(std::int64_t after, std::size_t maxLines) const;
    /// Every line is also handed to `listener` (headless: stderr), on the thread that wrote it.
    void alsoTo(Log* listener);

private:
    mutable std::mutex mutex_;
    std::deque<LogLine> lines_;
    std::int64_t lastSequence_ = 0;
    Log* listener_ = nullptr;
};

} // namespace millrace::session
