#pragma once

#include "base/log.h"

#include <string>

namespace millrace::net {

/// Lines that a hostile peer can cause at will: at most a few a minute are written, the rest is counted and the count
/// is told with the next line. One thread.
class MinuteLog {
public:
    MinuteLog(Log* log, std::string node, int linesPerMinute)
        : log_(log ? *log : stderrLog()), node_(std::move(node)), linesPerMinute_(linesPerMinute) {}

    void warn(const std::string& text) {
        const MonotonicTime now = systemNow();
        if (now - minuteBegan_ >= std::chrono::minutes(1)) {
            minuteBegan_ = now;
            lines_ = 0;
        }
        if (lines_ >= linesPerMinute_) {
            ++suppressed_;
            return;
        }
        ++lines_;
        if (suppressed_ > 0)
            log_.warning(node_, "{} ({} more such lines were left out)", text, suppressed_);
        else
            log_.warning(node_, "{}", text);
        suppressed_ = 0;
    }

private:
    Log& log_;
    std::string node_;
    int linesPerMinute_;
    int lines_ = 0;
    std::size_t suppressed_ = 0;
    MonotonicTime minuteBegan_{};
};

} // namespace millrace::net
