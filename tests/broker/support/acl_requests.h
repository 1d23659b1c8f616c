#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "wire/messages/create_acls.h"
#include "wire/messages/delete_acls.h"
#include "wire/messages/describe_acls.h"

namespace millrace::broker {

inline const ConfigMap kWithAuthorizer{
    {"authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"},
    {"super.users", "User:root;User:CN=admin, O=Example"},
};

using AclCreation = wire::CreateAclsRequest::Creation;

/// One that allows; on a topic unless it says another kind.
inline AclCreation aclFor(const std::string& principal, Access::Operation operation, const std::string& name,
                          Access::Resource resource = Access::Resource::topic,
                          Acl::Pattern pattern = Acl::Pattern::literal) {
    return {static_cast<std::int8_t>(resource),  name, static_cast<std::int8_t>(pattern), principal, "*",
            static_cast<std::int8_t>(operation), 3};
}

/// As root. The errors, one for each.
inline QList<int> createAclsOf(CoreFixture& broker, std::vector<AclCreation> creations) {
    const std::string before = std::exchange(broker.connection->principal, "User:root");
    QList<int> errors;
    const auto asked = broker.get(createAcls, wire::CreateAclsRequest{std::move(creations)}, 3);
    for (const auto& result : asked->results)
        errors << result.errorCode;
    broker.connection->principal = before;
    return errors;
}

inline wire::DescribeAclsRequest allAcls() {
    wire::DescribeAclsRequest request;
    request.resourceTypeFilter = request.patternTypeFilter = request.operation = request.permissionType = 1;
    return request;
}

} // namespace millrace::broker
