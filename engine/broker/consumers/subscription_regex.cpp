#include "broker/consumers/subscription_regex.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace millrace::broker {

namespace {

constexpr std::size_t kLongest = 10'000;
// What people write needs a few hundred for the longest names; a hostile pattern costs a tenth of a millisecond a name.
constexpr std::uint32_t kStepsPerName = 1000;

/// What backtracking engines know and RE2 does not, by how it begins at `rest`; empty when it is nothing of that.
std::string_view unknownToRe2(std::string_view rest) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kGroups{{{"(?=", "look-ahead"},
                                                                                    {"(?!", "look-ahead"},
                                                                                    {"(?<=", "look-behind"},
                                                                                    {"(?<!", "look-behind"},
                                                                                    {"(?>", "atomic groups"},
                                                                                    {"\\k", "back references"},
                                                                                    {"\\G", "\\G"}}};
    for (const auto& [begin, name] : kGroups)
        if (rest.starts_with(begin)) return name;
    if (rest.size() > 1 && rest[0] == '\\' && rest[1] >= '1' && rest[1] <= '9') return "back references";
    const bool repeats = rest[0] == '*' || rest[0] == '+' || rest[0] == '?' || rest[0] == '}';
    return repeats && rest.size() > 1 && rest[1] == '+' ? "possessive repetition" : "";
}

/// Behind the class that begins at `at`: what stands in it means itself.
std::size_t behindClass(std::string_view pattern, std::size_t at) {
    at += pattern.substr(at).starts_with("[^") ? 2 : 1;
    if (at < pattern.size() && pattern[at] == ']') ++at;
    while (at < pattern.size() && pattern[at] != ']')
        at += pattern[at] == '\\' ? 2 : 1;
    return at + 1;
}

Status checkSyntax(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] == '[') {
            at = behindClass(pattern, at);
            continue;
        }
        if (const auto what = unknownToRe2(pattern.substr(at)); !what.empty())
            return Error{ErrorCode::invalidArgument, fmt::format("RE2, whose syntax counts here, has no {}", what)};
        at += pattern[at] == '\\' ? 2 : 1;
    }
    return ok();
}

} // namespace

Result<java::JavaRegex> compileSubscription(const std::string& pattern) {
    if (pattern.size() > kLongest)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("it has {} characters, and may have {}", pattern.size(), kLongest)};
    MILLRACE_TRY(checkSyntax(pattern));
    auto regex = java::JavaRegex::compile(pattern);
    if (!regex) return regex.error();
    regex->limitSteps(kStepsPerName);
    return regex;
}

} // namespace millrace::broker
