#include "wire/messages/describe_acls.h"
#include "broker/handlers/acl_filter.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {

using ResourceAnswer = wire::DescribeAclsResponse::Resource;

bool isOf(const ResourceAnswer& resource, const Acl& acl) {
    return resource.resourceType == static_cast<std::int8_t>(acl.resource) && resource.resourceName == acl.name &&
           resource.patternType == static_cast<std::int8_t>(acl.pattern);
}

} // namespace

Answer<wire::DescribeAclsResponse> describeAcls(const wire::DescribeAclsRequest& request, const Call&,
                                                Context& context) {
    wire::DescribeAclsResponse response;
    if (!context.authorizer.enabled()) {
        response.errorCode = wire::error::kSecurityDisabled;
        response.errorMessage = "there are no ACLs: set authorizer.class.name where the broker is started";
        return response;
    }
    const auto filter = aclFilterOf(request);
    if (!filter) return response; // as Kafka: what is unknown is not there
    for (const Acl& acl : context.access.rules().matching(*filter)) {
        if (response.resources.empty() || !isOf(response.resources.back(), acl))
            response.resources.push_back(
                {static_cast<std::int8_t>(acl.resource), acl.name, static_cast<std::int8_t>(acl.pattern), {}});
        response.resources.back().acls.push_back(
            {acl.principal, acl.host, static_cast<std::int8_t>(acl.operation), aclPermission(acl)});
    }
    return response;
}

ApiRow describeAclsRow() {
    return rowOf<describeAcls>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
