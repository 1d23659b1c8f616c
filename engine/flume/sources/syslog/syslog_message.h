#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace millrace::flume {

/// A message of syslog as a parser finds it. Views into the line, or into what the parser holds until its next line.
struct SyslogMessage {
    enum class Status {
        whole,
        invalid,    ///< not a message: the body is the line as it came
        incomplete, ///< longer than eventSize: what follows is another message
    };
    Status status = Status::whole;
    std::optional<int> facilityAndSeverity; ///< facility times 8, and severity
    std::string_view priority;              ///< as it stands there; empty: none
    std::string_view version;
    std::string_view host;
    std::optional<std::int64_t> timestamp; ///< milliseconds since the epoch
    std::string_view body;
};

/// The property keepFields: what of a message also stays in front of its body.
struct KeptFields {
    bool all = false; ///< the body is the line as it came
    bool priority = false;
    bool version = false;
    bool timestamp = false;
    bool host = false;
    bool some() const { return priority || version || timestamp || host; }
    /// As org.apache.flume.source.SyslogUtils.chooseFieldsToKeep(): the names that occur in the text, in any letter
    /// case and with anything between.
    static KeptFields of(std::string_view text);
};

/// Makes messages of lines. One thread.
class SyslogLines {
public:
    virtual ~SyslogLines() = default;
    /// `line` without its end, not empty; `cut`: it goes on behind. `now` in milliseconds since the epoch.
    virtual SyslogMessage parse(std::string_view line, bool cut, std::int64_t now) = 0;
};

} // namespace millrace::flume
