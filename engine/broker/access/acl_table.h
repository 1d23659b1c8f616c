#pragma once

#include "broker/access/acl.h"

#include <set>
#include <string_view>
#include <tuple>
#include <vector>

namespace millrace::broker {

/// All rules, and what they say together: Kafka's rules of precedence (StandardAuthorizer). Knows no disk, no clock, no
/// settings.
class AclTable {
public:
    struct Who {
        std::string_view principal; ///< as "User:alice"
        std::string_view host;
    };
    enum class Verdict {
        allowed,
        denied,
        noRule ///< no rule is about that resource, whoever it is for
    };

    /// A rule that denies wins over all that allow. To read, write, delete or alter includes to describe, and to alter
    /// configs to describe them; in what is denied nothing is included.
    Verdict decide(const Who& who, Access access, std::string_view name) const;
    /// Whether there is a name for which a rule allows it and none denies it. Not asked of what includes others.
    bool allowsSomewhere(const Who& who, Access access) const;

    const std::set<Acl>& all() const { return all_; }
    std::vector<Acl> matching(const AclFilter& filter) const;
    bool contains(const Acl& acl) const { return all_.contains(acl); }
    void add(Acl acl) { all_.insert(std::move(acl)); }
    void remove(const Acl& acl) { all_.erase(acl); }

private:
    using Rules = std::set<Acl>;
    /// Those of one pattern and name.
    struct Range {
        Rules::const_iterator first, last;
    };
    Range of(Access::Resource resource, Acl::Pattern pattern, std::string_view name) const;
    /// Calls `rule` with each rule that applies to the resource of that name.
    template <typename Fn>
    void applying(Access::Resource resource, std::string_view name, const Fn& rule) const;

    Rules all_; ///< by resource, pattern and name
};

} // namespace millrace::broker
