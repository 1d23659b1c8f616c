#include "flume/support/ip_filter.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

/// Linear in the text, whatever the pattern: only the last star is ever tried again.
bool matchesWildcards(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool isLoopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

Error wrong(const std::string& rule, std::string_view problem) {
    return {ErrorCode::invalidArgument, fmt::format("ipFilterRules: {} {}", rule, problem), false};
}

} // namespace

Result<IpFilter> IpFilter::parse(const std::vector<std::string>& rules) {
    IpFilter filter;
    for (const auto& rule : rules) {
        const auto first = rule.find(':');
        const auto second = first == std::string::npos ? first : rule.find(':', first + 1);
        if (second == std::string::npos) return wrong(rule, "is not allow|deny:ip|name:PATTERN");
        const auto action = rule.substr(0, first), kind = rule.substr(first + 1, second - first - 1);
        const auto pattern = rule.substr(second + 1);
        if (action != "allow" && action != "deny") return wrong(rule, "does not begin with allow or deny");
        if (kind != "ip" && kind != "name") return wrong(rule, "is about neither ip nor name");
        if (pattern.empty()) return wrong(rule, "has no pattern");
        if (kind == "name" && pattern != "localhost" && pattern != "*")
            return wrong(rule,
                         "needs the names of peers looked up, which this version does not do; write a rule by ip");
        filter.rules_.push_back({action == "allow", kind == "name" && pattern == "localhost", pattern});
    }
    return filter;
}

bool IpFilter::admits(std::string_view address) const {
    for (const Rule& rule : rules_)
        if (rule.loopback ? isLoopback(address) : matchesWildcards(rule.pattern, address)) return rule.allow;
    return true;
}

} // namespace millrace::flume
