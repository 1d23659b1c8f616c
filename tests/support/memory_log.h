#pragma once

#include "base/log.h"

#include <mutex>
#include <string>
#include <vector>

namespace millrace::test {

/// Keeps what is logged; any thread.
class MemoryLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::string_view text) override {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(text);
    }
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

} // namespace millrace::test
