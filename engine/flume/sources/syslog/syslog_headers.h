#pragma once

#include "flume/event_batch.h"
#include "flume/sources/syslog/syslog_message.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {

/// Messages into header sets. Most repeat one of the last ones, which is given again. One thread.
class SyslogHeaders {
public:
    /// What the headers for priority and version are called.
    enum class Names {
        lowerCase, ///< syslogtcp and syslogudp
        capitals,  ///< multiport_syslogtcp
    };
    /// Headers that a connection adds to all its messages.
    using More = std::vector<std::pair<std::string, std::string>>;

    explicit SyslogHeaders(Names names) : names_(names) {}
    /// `more` may be null; equal pointers mean equal headers.
    HeaderSetPtr of(const SyslogMessage& message, const std::shared_ptr<const More>& more);

private:
    /// What tells a message's headers apart from another's, and the headers.
    struct Known {
        SyslogMessage::Status status{};
        std::optional<int> facilityAndSeverity;
        std::optional<std::int64_t> timestamp;
        std::string priority, version, host;
        std::shared_ptr<const More> more;
        HeaderSetPtr headers;
    };
    bool same(const Known& known, const SyslogMessage& message, const std::shared_ptr<const More>& more) const;
    HeaderSetPtr make(const SyslogMessage& message, const std::shared_ptr<const More>& more) const;

    const Names names_;
    std::vector<Known> known_; ///< by a hash; made with the first message
};

} // namespace millrace::flume
