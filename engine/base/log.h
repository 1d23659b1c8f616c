#pragma once

#include "base/clock.h"

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace millrace {

enum class LogLevel { debug, info, warning, error };
const char* toString(LogLevel level);

/// Where a component's lines for people go. Implementations are safe from any thread and never wait for a reader.
/// Lines are English; `node` is the snapshot id ("web/sinks/to-weblog", "cluster/local") or empty.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view node, std::string_view text) = 0;

    template <typename... Args>
    void info(std::string_view node, fmt::format_string<Args...> format, Args&&... args) {
        write(LogLevel::info, node, fmt::format(format, std::forward<Args>(args)...));
    }
    template <typename... Args>
    void warning(std::string_view node, fmt::format_string<Args...> format, Args&&... args) {
        write(LogLevel::warning, node, fmt::format(format, std::forward<Args>(args)...));
    }
    template <typename... Args>
    void error(std::string_view node, fmt::format_string<Args...> format, Args&&... args) {
        write(LogLevel::error, node, fmt::format(format, std::forward<Args>(args)...));
    }
};

/// Writes to stderr, one line each: time, level, node, text.
Log& stderrLog();
/// Throws everything away.
Log& silentLog();

} // namespace millrace
