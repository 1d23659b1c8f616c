#pragma once

#include "flume/sources/syslog/syslog_body.h"
#include "flume/sources/syslog/syslog_format.h"
#include "flume/sources/syslog/syslog_time.h"

#include <optional>
#include <string>

namespace millrace::flume {

/// The parser of syslogtcp and syslogudp (org.apache.flume.source.SyslogUtils): a line that begins with a priority is a
/// message; its header is read where it has the form of RFC 5424 or RFC 3164, else the body is the whole line.
class SyslogParser final : public SyslogLines {
public:
    /// `format`: one more form of header, tried first.
    SyslogParser(KeptFields kept, std::optional<SyslogFormat> format)
        : kept_(kept), format_(std::move(format)), times_(SyslogZone::local) {}

    SyslogMessage parse(std::string_view line, bool cut, std::int64_t now) override;

private:
    const KeptFields kept_;
    std::optional<SyslogFormat> format_;
    SyslogTimes times_;
    std::string room_; ///< for the body, used again and again
};

} // namespace millrace::flume
