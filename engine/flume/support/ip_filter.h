#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// `ipFilterRules`: "allow|deny:ip|name:PATTERN", separated by commas; `*` and `?` are wildcards, the first rule that
/// matches decides, without one the peer may connect. Rules by name know `localhost` only: looking a peer's name up
/// would hold up all connections.
class IpFilter {
public:
    static Result<IpFilter> parse(const std::vector<std::string>& rules);
    bool admits(std::string_view address) const;

private:
    struct Rule {
        bool allow = true;
        bool loopback = false; ///< name:localhost
        std::string pattern;
    };
    std::vector<Rule> rules_;
};

} // namespace millrace::flume
