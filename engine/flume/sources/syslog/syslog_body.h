#pragma once

#include "flume/sources/syslog/syslog_message.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// The fields of a message as they stand in the line; empty: "-", or not there.
struct SyslogFields {
    std::string_view priority;
    std::string_view version;
    std::string_view timestamp;
    std::string_view host;
    std::string_view text; ///< what follows the host
};

/// Which body a message of these fields gets. `line` as a whole stays where nothing follows the host; `room` holds the
/// body where fields are put in front of it.
std::string_view syslogBody(const KeptFields& kept, const SyslogFields& fields, std::string_view line,
                            std::string& room);

} // namespace millrace::flume
