#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace millrace::app {

/// Which lines of the log are printed: those of a level and above, which parts of a topology may have for themselves.
class LogLevels {
public:
    /// "LEVEL" or "NODE=LEVEL", where NODE is a part ("web/sinks/k") or stands for all below it ("web", "web/sinks");
    /// LEVEL is one of Log4j's, in capitals or not. Error: there is no such level, and which there are.
    Status set(std::string_view text);
    /// "LEVEL,APPENDER…", as Flume's scripts give -Dflume.root.logger; where lines go is not its affair here.
    Status setRoot(std::string_view text);
    /// Of a line of `level` (LogLine::level) about `node`.
    bool shows(std::string_view level, std::string_view node) const;

private:
    std::map<std::string, int, std::less<>> lowest_{{"", kInfo}}; ///< by node; "" for all others
    static constexpr int kInfo = 1;
};

} // namespace millrace::app
