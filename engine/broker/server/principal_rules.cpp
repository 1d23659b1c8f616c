#include "broker/server/principal_rules.h"

#include "java/java_number.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

/// What a name of a few hundred characters needs at most, where a pattern is a sensible one.
constexpr std::uint32_t kMaxSteps = 1'000'000;
constexpr std::string_view kDefault = "DEFAULT", kRule = "RULE:";

Error refused(std::string_view rule, std::string_view why) {
    return {ErrorCode::invalidArgument,
            fmt::format("ssl.principal.mapping.rules: {:?}: {}; a rule is DEFAULT or RULE:pattern/replacement/ with L "
                        "or U behind it, and \\/ is a slash within it",
                        rule, why)};
}

/// Up to the next slash that has no backslash before it, which goes too; nothing when there is none.
std::optional<std::string> takeToSlash(std::string_view& rest) {
    for (std::size_t at = 0; at < rest.size(); ++at) {
        if (rest[at] == '\\') {
            ++at;
        } else if (rest[at] == '/') {
            std::string part(rest.substr(0, at));
            rest.remove_prefix(at + 1);
            return part;
        }
    }
    return std::nullopt;
}

/// A group that the pattern does not have is meant as it stands.
std::string withKnownGroups(std::string_view replacement, std::size_t groups) {
    std::string text;
    for (std::size_t at = 0; at < replacement.size(); ++at) {
        const bool escaped = replacement[at] == '\\' && at + 1 < replacement.size();
        const bool isGroup = replacement[at] == '$' && at + 1 < replacement.size() && replacement[at + 1] >= '0' &&
                             replacement[at + 1] <= '9';
        if (isGroup && static_cast<std::size_t>(replacement[at + 1] - '0') > groups) text += '\\';
        text += replacement[at];
        if (escaped) text += replacement[++at];
    }
    return text;
}

} // namespace

Result<PrincipalRules::Rule> PrincipalRules::ruleOf(const std::string& pattern, const std::string& replacement,
                                                    Letters letters) {
    auto regex = java::JavaRegex::compile(pattern);
    if (!regex) return refused(pattern, regex.error().message);
    regex->limitSteps(kMaxSteps);
    auto with = java::JavaReplacement::parse(withKnownGroups(replacement, regex->groupCount()), *regex);
    if (!with) return refused(replacement, with.error().message);
    return Rule{std::move(*regex), std::move(*with), letters};
}

/// Takes one rule off `rest`.
Status PrincipalRules::parseRule(std::string_view& rest, std::vector<std::optional<Rule>>& rules) {
    const std::string_view whole = rest;
    if (rest.starts_with(kDefault)) {
        rest.remove_prefix(kDefault.size());
        rules.emplace_back();
        return ok();
    }
    if (!rest.starts_with(kRule)) return refused(whole, "begins with neither DEFAULT nor RULE:");
    rest.remove_prefix(kRule.size());
    const auto pattern = takeToSlash(rest);
    const auto replacement = pattern ? takeToSlash(rest) : std::nullopt;
    if (!replacement) return refused(whole, "a slash is missing");
    Letters letters = Letters::asTheyAre;
    if (rest.starts_with('L')) letters = Letters::small;
    if (rest.starts_with('U')) letters = Letters::capital;
    if (letters != Letters::asTheyAre) rest.remove_prefix(1);
    auto rule = ruleOf(*pattern, *replacement, letters);
    if (!rule) return std::move(rule).error();
    rules.emplace_back(std::move(*rule));
    return ok();
}

Result<PrincipalRules> PrincipalRules::parse(std::string_view text) {
    PrincipalRules parsed;
    for (std::string_view rest = java::javaTrim(text);;) {
        MILLRACE_TRY(parseRule(rest, parsed.rules_));
        rest = java::javaTrim(rest);
        if (rest.empty()) return parsed;
        if (!rest.starts_with(',')) return refused(rest, "a comma is missing before it");
        rest = java::javaTrim(rest.substr(1));
    }
}

std::optional<std::string> PrincipalRules::nameOf(const std::string& distinguishedName) {
    for (auto& rule : rules_) {
        if (!rule) return distinguishedName;
        if (!rule->pattern.matches(distinguishedName)) continue;
        std::string name;
        if (!rule->replacement.replaceAll(rule->pattern, distinguishedName, name)) continue;
        const char first = rule->letters == Letters::small ? 'A' : 'a';
        if (rule->letters != Letters::asTheyAre)
            std::ranges::transform(name, name.begin(), [first](char c) {
                return c >= first && c < first + 26 ? static_cast<char>(c ^ 0x20) : c;
            });
        return name;
    }
    return std::nullopt;
}

} // namespace millrace::broker
