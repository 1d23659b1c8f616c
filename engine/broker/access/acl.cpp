#include "broker/access/acl.h"

namespace millrace::broker {

std::optional<Access::Resource> aclResource(std::int8_t number) {
    const auto resource = static_cast<Access::Resource>(number);
    if (resource < Access::Resource::topic || resource > Access::Resource::user) return std::nullopt;
    return resource;
}

std::optional<Access::Operation> aclOperation(std::int8_t number) {
    const auto operation = static_cast<Access::Operation>(number);
    if (operation < Access::Operation::all || operation > Access::Operation::twoPhaseCommit) return std::nullopt;
    return operation;
}

std::optional<Acl::Pattern> aclPattern(std::int8_t number) {
    const auto pattern = static_cast<Acl::Pattern>(number);
    if (pattern != Acl::Pattern::literal && pattern != Acl::Pattern::prefixed) return std::nullopt;
    return pattern;
}

bool AclFilter::matches(const Acl& acl) const {
    const auto same = [](const auto& wanted, const auto& present) { return !wanted || *wanted == present; };
    if (!same(resource, acl.resource) || !same(principal, acl.principal) || !same(host, acl.host) ||
        !same(operation, acl.operation) || !same(allow, acl.allow))
        return false;
    const bool isPrefix = acl.pattern == Acl::Pattern::prefixed;
    if (pattern == Pattern::literal && isPrefix) return false;
    if (pattern == Pattern::prefixed && !isPrefix) return false;
    if (!name || *name == acl.name) return true;
    return pattern == Pattern::match && (isPrefix ? name->starts_with(acl.name) : acl.name == Acl::kAnyName);
}

} // namespace millrace::broker
