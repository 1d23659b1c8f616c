#include "broker/access/acl_table.h"

#include "net/ip_literal.h"

#include <algorithm>
#include <string>

namespace millrace::broker {

namespace {

using Operation = Access::Operation;

/// Clients write an address of IPv6 as they like, and it is kept so.
bool isHost(const std::string& written, std::string_view host) {
    return written == host || (written.find(':') != std::string::npos && net::usualForm(written) == host);
}

bool concerns(const Acl& acl, const AclTable::Who& who) {
    return (acl.principal == who.principal || acl.principal == Acl::kAnyPrincipal) &&
           (acl.host == Acl::kAnyHost || isHost(acl.host, who.host));
}

bool includes(Operation allowed, Operation wanted) {
    if (allowed == wanted || allowed == Operation::all) return true;
    if (wanted == Operation::describe)
        return allowed == Operation::read || allowed == Operation::write || allowed == Operation::remove ||
               allowed == Operation::alter;
    return wanted == Operation::describeConfigs && allowed == Operation::alterConfigs;
}

bool isAbout(const Acl& acl, Operation wanted) {
    return acl.allow ? includes(acl.operation, wanted) : acl.operation == wanted || acl.operation == Operation::all;
}

Acl smallest(Access::Resource resource, Acl::Pattern pattern, std::string_view name) {
    return {resource, pattern, std::string(name), {}, {}, Operation::none, false};
}

std::size_t commonLength(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

} // namespace

AclTable::Range AclTable::of(Access::Resource resource, Acl::Pattern pattern, std::string_view name) const {
    const auto first = all_.lower_bound(smallest(resource, pattern, name));
    const auto last = std::find_if(first, all_.end(), [&](const Acl& acl) {
        return acl.resource != resource || acl.pattern != pattern || acl.name != name;
    });
    return {first, last};
}

template <typename Fn>
void AclTable::applying(Access::Resource resource, std::string_view name, const Fn& rule) const {
    const auto each = [&](const Range& range) { std::for_each(range.first, range.last, rule); };
    each(of(resource, Acl::Pattern::literal, name));
    if (name != Acl::kAnyName) each(of(resource, Acl::Pattern::literal, Acl::kAnyName));
    // From the name downwards: a prefix of it is not above it, and what is no prefix shows how long one can still be.
    for (std::string_view left = name; !left.empty();) {
        auto above = of(resource, Acl::Pattern::prefixed, left).last;
        if (above == all_.begin()) return;
        const Acl& below = *--above;
        if (below.resource != resource || below.pattern != Acl::Pattern::prefixed) return;
        const std::size_t common = commonLength(below.name, left);
        if (common == below.name.size()) each(of(resource, Acl::Pattern::prefixed, below.name));
        left = left.substr(0, common == below.name.size() ? common - 1 : common);
    }
}

AclTable::Verdict AclTable::decide(const Who& who, Access access, std::string_view name) const {
    bool any = false, allowed = false, denied = false;
    applying(access.resource, name, [&](const Acl& acl) {
        any = true;
        if (concerns(acl, who) && isAbout(acl, access.operation)) (acl.allow ? allowed : denied) = true;
    });
    if (!any) return Verdict::noRule;
    return allowed && !denied ? Verdict::allowed : Verdict::denied;
}

bool AclTable::allowsSomewhere(const Who& who, Access access) const {
    const auto own = [&](const Acl& acl) {
        return acl.resource == access.resource && concerns(acl, who) &&
               (acl.operation == access.operation || acl.operation == Operation::all);
    };
    std::set<std::string_view> deniedNames, deniedPrefixes;
    for (const Acl& acl : all_) {
        if (acl.allow || !own(acl)) continue;
        if (acl.pattern == Acl::Pattern::literal && acl.name == Acl::kAnyName) return false;
        (acl.pattern == Acl::Pattern::literal ? deniedNames : deniedPrefixes).insert(acl.name);
    }
    const auto isDenied = [&](const Acl& acl) {
        const bool literal = acl.pattern == Acl::Pattern::literal;
        if (literal && acl.name == Acl::kAnyName) return false; // there are names enough
        if (literal && deniedNames.contains(acl.name)) return true;
        for (std::size_t length = 1; length <= acl.name.size(); ++length)
            if (deniedPrefixes.contains(std::string_view(acl.name).substr(0, length))) return true;
        return false;
    };
    return std::ranges::any_of(all_, [&](const Acl& acl) { return acl.allow && own(acl) && !isDenied(acl); });
}

std::vector<Acl> AclTable::matching(const AclFilter& filter) const {
    std::vector<Acl> found;
    std::ranges::copy_if(all_, std::back_inserter(found), [&](const Acl& acl) { return filter.matches(acl); });
    return found;
}

} // namespace millrace::broker
