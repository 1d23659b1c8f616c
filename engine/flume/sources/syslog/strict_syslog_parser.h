#pragma once

#include "flume/sources/syslog/syslog_body.h"
#include "flume/sources/syslog/syslog_time.h"
#include "java/java_charset.h"

#include <memory>
#include <optional>
#include <string>

namespace millrace::flume {

/// The parser of multiport_syslogtcp (org.apache.flume.source.SyslogParser): a line is a message of RFC 5424 or RFC
/// 3164 with a priority, a time and a host, in one charset, or it is invalid.
class StrictSyslogParser final : public SyslogLines {
public:
    /// `charset`: one whose blanks and digits are those of ASCII.
    static Result<std::unique_ptr<StrictSyslogParser>> make(KeptFields kept, const java::JavaCharset& charset);

    SyslogMessage parse(std::string_view line, bool cut, std::int64_t now) override;

private:
    StrictSyslogParser(KeptFields kept, std::optional<java::CharsetDecoder> decoder)
        : kept_(kept), decoder_(std::move(decoder)), times_(SyslogZone::utc) {}
    bool isText(std::string_view line);
    bool readTime(std::string_view& rest, std::int64_t now, SyslogFields& fields, SyslogMessage& message);

    const KeptFields kept_;
    std::optional<java::CharsetDecoder> decoder_; ///< absent: lines are UTF-8
    SyslogTimes times_;
    std::string room_, decoded_, host_; ///< used again and again
};

} // namespace millrace::flume
