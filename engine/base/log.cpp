#include "base/log.h"

#include <cstdio>
#include <ctime>

namespace millrace {

const char* toString(LogLevel level) {
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    }
    return "info";
}

namespace {

class StderrLog final : public Log {
public:
    void write(LogLevel level, std::string_view node, std::string_view text) override {
        if (level == LogLevel::debug) return;
        const std::int64_t now = systemEpochMs();
        const std::time_t seconds = now / 1000;
        std::tm local{};
        localtime_r(&seconds, &local);
        const std::string line =
            fmt::format("{:02}:{:02}:{:02}.{:03} {} {}{}{}\n", local.tm_hour, local.tm_min, local.tm_sec, now % 1000,
                        toString(level), node, node.empty() ? "" : ": ", text);
        std::fwrite(line.data(), 1, line.size(), stderr); // nobody is left to hear that it failed
    }
};

class SilentLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::string_view) override {}
};

} // namespace

Log& stderrLog() {
    static StderrLog log;
    return log;
}

Log& silentLog() {
    static SilentLog log;
    return log;
}

} // namespace millrace
