#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"
#include "flume/sources/syslog/syslog_body.h"
#include "java/java_regex.h"
#include "java/java_replacement.h"
#include "java/joda_time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::flume {

/// `format.*` of syslogtcp and syslogudp; all of them empty: there is none.
struct SyslogFormatOptions {
    std::string regex;
    std::string search;
    std::string replace;
    std::string dateFormat;
};
SyslogFormatOptions readSyslogFormat(Settings& settings);

/// A form of header that the file describes: a pattern for the whole line, whose five groups are priority, version,
/// timestamp, host and body, and how its timestamps are read. One thread.
class SyslogFormat {
public:
    /// Nothing without a pattern. Errors name the property.
    static Result<std::optional<SyslogFormat>> of(const SyslogFormatOptions& options,
                                                  const ComponentServices& services);

    /// False, and nothing is changed, when the line has another form. The fields are good until the next call.
    bool read(std::string_view line, SyslogFields& fields);
    /// Of the line that was read last, in milliseconds since the epoch.
    std::optional<std::int64_t> timestamp();

private:
    struct Search {
        java::JavaRegex regex;
        java::JavaReplacement replacement;
    };
    explicit SyslogFormat(java::JavaRegex regex) : regex_(std::move(regex)) {}

    java::JavaRegex regex_;
    std::optional<Search> search_;
    std::optional<java::JodaTime> time_;
};

} // namespace millrace::flume
