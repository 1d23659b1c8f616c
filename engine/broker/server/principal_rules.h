#pragma once

#include "base/result.h"
#include "java/java_regex.h"
#include "java/java_replacement.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// ssl.principal.mapping.rules (KIP-371): makes the name of a client out of that in its certificate. Loop thread only.
class PrincipalRules {
public:
    /// invalidArgument names the rule that cannot be understood.
    static Result<PrincipalRules> parse(std::string_view text);
    /// By the first rule that matches; nothing when none does.
    std::optional<std::string> nameOf(const std::string& distinguishedName);

private:
    enum class Letters { asTheyAre, small, capital };
    struct Rule {
        java::JavaRegex pattern;
        java::JavaReplacement replacement;
        Letters letters = Letters::asTheyAre;
    };
    static Result<Rule> ruleOf(const std::string& pattern, const std::string& replacement, Letters letters);
    static Status parseRule(std::string_view& rest, std::vector<std::optional<Rule>>& rules);

    std::vector<std::optional<Rule>> rules_; ///< nothing: DEFAULT, the name as it is
};

} // namespace millrace::broker
