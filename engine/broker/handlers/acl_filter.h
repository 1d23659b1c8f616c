#pragma once

#include "broker/access/acl.h"

#include <cstdint>
#include <optional>

namespace millrace::broker {

inline constexpr std::int8_t kAnyNumber = 1; ///< in all of Kafka's enumerations for access control
inline constexpr std::int8_t kAclDeny = 2, kAclAllow = 3;

inline std::int8_t aclPermission(const Acl& acl) {
    return acl.allow ? kAclAllow : kAclDeny;
}

/// The filter that DescribeAcls and DeleteAcls ask by, which name their fields alike. Nothing for numbers that stand
/// for nothing.
template <typename Asked>
std::optional<AclFilter> aclFilterOf(const Asked& asked) {
    using Pattern = AclFilter::Pattern;
    constexpr std::int8_t kMatch = 2;
    AclFilter filter{std::nullopt,          asked.resourceNameFilter, Pattern::any,
                     asked.principalFilter, asked.hostFilter,         std::nullopt,
                     std::nullopt};
    if (asked.resourceTypeFilter != kAnyNumber && !(filter.resource = aclResource(asked.resourceTypeFilter)))
        return std::nullopt;
    if (asked.operation != kAnyNumber && !(filter.operation = aclOperation(asked.operation))) return std::nullopt;
    if (const auto pattern = aclPattern(asked.patternTypeFilter))
        filter.pattern = *pattern == Acl::Pattern::literal ? Pattern::literal : Pattern::prefixed;
    else if (asked.patternTypeFilter == kMatch)
        filter.pattern = Pattern::match;
    else if (asked.patternTypeFilter != kAnyNumber)
        return std::nullopt;
    if (asked.permissionType == kAnyNumber) return filter;
    if (asked.permissionType != kAclDeny && asked.permissionType != kAclAllow) return std::nullopt;
    filter.allow = asked.permissionType == kAclAllow;
    return filter;
}

} // namespace millrace::broker
