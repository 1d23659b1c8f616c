#include "wire/messages/delete_acls.h"
#include "broker/handlers/acl_filter.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <memory>
#include <set>

namespace millrace::broker {

using namespace wire::error;

namespace {

using FilterResult = wire::DeleteAclsResponse::FilterResult;
constexpr Access kRemoveAcls{Access::Resource::cluster, Access::Operation::alter};

FilterResult failed(std::int16_t error, const std::string& message) {
    FilterResult result;
    result.errorCode = error;
    result.errorMessage = message;
    return result;
}

wire::DeleteAclsResponse refusedAll(const wire::DeleteAclsRequest& request, std::int16_t error,
                                    const std::string& message) {
    return {0, std::vector<FilterResult>(request.filters.size(), failed(error, message))};
}

FilterResult toldOf(const std::vector<Acl>& acls) {
    FilterResult result;
    for (const Acl& acl : acls)
        result.matchingAcls.push_back({kNone, std::nullopt, static_cast<std::int8_t>(acl.resource), acl.name,
                                       static_cast<std::int8_t>(acl.pattern), acl.principal, acl.host,
                                       static_cast<std::int8_t>(acl.operation), aclPermission(acl)});
    return result;
}

/// Fills the answer with what is there when the turn of the change comes.
std::vector<AccessEntry> planned(const wire::DeleteAclsRequest& request, const AclTable& rules,
                                 wire::DeleteAclsResponse& response) {
    constexpr std::size_t kMaxTold = 250'000; // each filter may match all rules
    std::size_t told = 0;
    std::set<Acl> gone;
    for (const auto& asked : request.filters) {
        const auto filter = aclFilterOf(asked);
        const auto found = filter ? rules.matching(*filter) : std::vector<Acl>();
        told += found.size();
        if (told > kMaxTold) {
            response.filterResults.push_back(failed(kInvalidRequest, "too many ACLs match: ask with fewer filters"));
            told = kMaxTold;
            continue;
        }
        response.filterResults.push_back(filter ? toldOf(found)
                                                : failed(kInvalidRequest, "a number in the filter stands for nothing"));
        gone.insert(found.begin(), found.end());
    }
    std::vector<AccessEntry> entries;
    for (const Acl& acl : gone)
        entries.push_back(AccessEntry::of(acl, AccessEntry::removed));
    return entries;
}

} // namespace

Answer<wire::DeleteAclsResponse> deleteAcls(const wire::DeleteAclsRequest& request, const Call& call,
                                            Context& context) {
    if (const std::int16_t error = refusal(call, context, kRemoveAcls, kClusterName))
        return refusedAll(request, error, "not allowed to alter the cluster");
    if (!context.authorizer.enabled())
        return refusedAll(request, kSecurityDisabled,
                          "there are no ACLs: set authorizer.class.name where the broker is started");
    const Pending<wire::DeleteAclsResponse> pending;
    const auto response = std::make_shared<wire::DeleteAclsResponse>();
    context.access.change([request, response](const AclTable& rules) { return planned(request, rules, *response); },
                          [pending, request, response](const Status& written) {
                              pending.complete(written ? std::move(*response)
                                                       : refusedAll(request, kStorageError, written.error().message));
                          });
    return pending;
}

ApiRow deleteAclsRow() {
    return rowOf<deleteAcls>(kRemoveAcls);
}

} // namespace millrace::broker
