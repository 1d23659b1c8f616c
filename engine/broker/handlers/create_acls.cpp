#include "wire/messages/create_acls.h"
#include "broker/handlers/acl_filter.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Creation = wire::CreateAclsRequest::Creation;
constexpr Access kAlterAcls{Access::Resource::cluster, Access::Operation::alter};

Refusal checkWords(const Creation& asked) {
    if (asked.resourceName.empty()) return {kInvalidRequest, "a resource has a name"};
    if (asked.resourceType == static_cast<std::int8_t>(Access::Resource::cluster) && asked.resourceName != kClusterName)
        return {kInvalidRequest, fmt::format("the cluster is called {} in ACLs", kClusterName)};
    if (asked.principal.find(':') == std::string::npos)
        return {kInvalidRequest, fmt::format("{:?} is no principal; write it as User:name", asked.principal)};
    return {};
}

/// What is asked for as a rule, or why it is none.
Refusal read(const Creation& asked, Acl& acl) {
    const auto resource = aclResource(asked.resourceType);
    if (!resource) return {kInvalidRequest, fmt::format("there is no kind of resource {}", asked.resourceType)};
    const auto pattern = aclPattern(asked.resourcePatternType);
    if (!pattern)
        return {kInvalidRequest,
                fmt::format("a pattern is literal, 3, or prefixed, 4, not {}", asked.resourcePatternType)};
    const auto operation = aclOperation(asked.operation);
    if (!operation) return {kInvalidRequest, fmt::format("there is no operation {}", asked.operation)};
    if (asked.permissionType != kAclDeny && asked.permissionType != kAclAllow)
        return {kInvalidRequest, fmt::format("a rule denies, 2, or allows, 3, not {}", asked.permissionType)};
    acl = {*resource,
           *pattern,
           asked.resourceName,
           asked.principal,
           asked.host,
           *operation,
           asked.permissionType == kAclAllow};
    return checkWords(asked);
}

wire::CreateAclsResponse refusedAll(const wire::CreateAclsRequest& request, std::int16_t error,
                                    const std::string& message) {
    wire::CreateAclsResponse response;
    for (std::size_t i = 0; i < request.creations.size(); ++i)
        response.results.push_back({error, message});
    return response;
}

AccessStore::Plan planFor(std::vector<Acl> wanted) {
    return [wanted = std::move(wanted)](const AclTable& rules) {
        std::vector<AccessEntry> entries;
        for (const Acl& acl : wanted)
            if (!rules.contains(acl)) entries.push_back(AccessEntry::of(acl, AccessEntry::added));
        return entries;
    };
}

} // namespace

/// What is there already is made as well: nothing changes by it.
Answer<wire::CreateAclsResponse> createAcls(const wire::CreateAclsRequest& request, const Call& call,
                                            Context& context) {
    if (const std::int16_t error = refusal(call, context, kAlterAcls, kClusterName))
        return refusedAll(request, error, "not allowed to alter the cluster");
    if (!context.authorizer.enabled())
        return refusedAll(request, kSecurityDisabled,
                          "there are no ACLs: set authorizer.class.name where the broker is started");
    wire::CreateAclsResponse response;
    std::vector<Acl> wanted;
    for (const Creation& asked : request.creations) {
        Acl acl;
        const Refusal refused = read(asked, acl);
        auto& result = response.results.emplace_back();
        result.errorCode = refused.error;
        if (refused.error != kNone)
            result.errorMessage = refused.message;
        else
            wanted.push_back(std::move(acl));
    }
    const Pending<wire::CreateAclsResponse> pending;
    context.access.change(planFor(std::move(wanted)),
                          [pending, response = std::move(response)](const Status& written) mutable {
                              for (auto& result : response.results)
                                  if (!written && result.errorCode == kNone)
                                      result = {kStorageError, written.error().message};
                              pending.complete(std::move(response));
                          });
    return pending;
}

ApiRow createAclsRow() {
    return rowOf<createAcls>(kAlterAcls);
}

} // namespace millrace::broker
