#include "broker/access/authorizer.h"

#include "base/sentences.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

bool Authorizer::allows(const ConnectionState& client, Access access, std::string_view name) const {
    if (!enabled() || settings_.superUsers.contains(client.principal)) return true;
    const auto verdict = rules_.decide({client.principal, client.clientHost}, access, name);
    return verdict == AclTable::Verdict::noRule ? settings_.allowWithoutAcl : verdict == AclTable::Verdict::allowed;
}

bool Authorizer::allowsSomewhere(const ConnectionState& client, Access access) const {
    // Kafka asks for a name of its own, to see whether there is one without any rule.
    constexpr std::string_view kSome = "hardcode";
    return allows(client, access, kSome) || rules_.allowsSomewhere({client.principal, client.clientHost}, access);
}

std::int16_t Authorizer::refusal(ConnectionState& client, Access access, std::string_view name) const {
    if (allows(client, access, name)) return kNone;
    tell(client, access, name);
    return refusalOf(access.resource);
}

std::int32_t Authorizer::allowed(const ConnectionState& client, Access::Resource resource, std::string_view name,
                                 std::int32_t operations) const {
    std::int32_t bits = 0;
    for (int operation = 0; operation < 31; ++operation) {
        const std::int32_t bit = 1 << operation;
        if ((operations & bit) && allows(client, {resource, static_cast<Access::Operation>(operation)}, name))
            bits |= bit;
    }
    return bits;
}

/// Clients ask again and again for what they are refused, and may make up names.
void Authorizer::tell(ConnectionState& client, Access access, std::string_view name) const {
    constexpr std::size_t kMaxTold = 100;
    const std::string what = fmt::format("{} on {} {:?}", toString(access.operation), toString(access.resource),
                                         shortened(std::string(name)));
    if (client.toldDenied.size() >= kMaxTold || !client.toldDenied.insert(what).second) return;
    log_.info("", "{:?} from {} is denied {}: no ACL allows it, or one denies it", shortened(client.principal),
              client.clientHost, what);
}

std::string_view toString(Access::Operation operation) {
    using enum Access::Operation;
    switch (operation) {
    case none:
        return "None";
    case all:
        return "All";
    case read:
        return "Read";
    case write:
        return "Write";
    case create:
        return "Create";
    case remove:
        return "Delete";
    case alter:
        return "Alter";
    case describe:
        return "Describe";
    case clusterAction:
        return "ClusterAction";
    case describeConfigs:
        return "DescribeConfigs";
    case alterConfigs:
        return "AlterConfigs";
    case idempotentWrite:
        return "IdempotentWrite";
    case createTokens:
        return "CreateTokens";
    case describeTokens:
        return "DescribeTokens";
    case twoPhaseCommit:
        return "TwoPhaseCommit";
    }
    return "?";
}

std::string_view toString(Access::Resource resource) {
    using enum Access::Resource;
    switch (resource) {
    case none:
        return "None";
    case topic:
        return "Topic";
    case group:
        return "Group";
    case cluster:
        return "Cluster";
    case transactionalId:
        return "TransactionalId";
    case delegationToken:
        return "DelegationToken";
    case user:
        return "User";
    }
    return "?";
}

std::int16_t refusalOf(Access::Resource resource) {
    switch (resource) {
    case Access::Resource::topic:
        return kTopicAuthorizationFailed;
    case Access::Resource::group:
        return kGroupAuthorizationFailed;
    case Access::Resource::transactionalId:
        return kTransactionalIdAuthorizationFailed;
    default:
        return kClusterAuthorizationFailed;
    }
}

} // namespace millrace::broker
