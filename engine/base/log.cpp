#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

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
    StderrLog() : logger_("millrace", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()) {
        logger_.set_pattern("%H:%M:%S.%e %^%l%$ %v");
        logger_.set_level(spdlog::level::info);
    }
    void write(LogLevel level, std::string_view node, std::string_view text) override {
        if (node.empty()) logger_.log(levelOf(level), "{}", text);
        else logger_.log(levelOf(level), "{}: {}", node, text);
    }

private:
    static spdlog::level::level_enum levelOf(LogLevel level) {
        switch (level) {
        case LogLevel::debug: return spdlog::level::debug;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
        }
        return spdlog::level::info;
    }
    spdlog::logger logger_;
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
