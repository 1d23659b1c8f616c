#pragma once

#include "base/log.h"
#include "broker/access/acl_table.h"
#include "broker/common/connection_state.h"
#include "broker/settings/broker_settings.h"

#include <cstdint>
#include <string_view>

namespace millrace::broker {

/// Decides what clients may do: by the rules, `super.users` and `allow.everyone.if.no.acl.found`; everything while
/// `authorizer.class.name` is empty. Loop thread only.
class Authorizer {
public:
    /// All outlive it.
    Authorizer(const BrokerSettings& settings, const AclTable& rules, Log& log)
        : settings_(settings), rules_(rules), log_(log) {}

    bool enabled() const { return settings_.authorizes; }
    bool allows(const ConnectionState& client, Access access, std::string_view name) const;
    /// Whether there may be a resource of that kind, whatever its name, on which it is allowed.
    bool allowsSomewhere(const ConnectionState& client, Access access) const;
    /// The same as allows(), for what is refused to the client when it is not: the log says so, once for each
    /// connection, resource and operation. 0, or Kafka's error number for the kind of resource.
    std::int16_t refusal(ConnectionState& client, Access access, std::string_view name) const;
    /// Those of `operations`, a bit for each number of an operation, that are allowed.
    std::int32_t allowed(const ConnectionState& client, Access::Resource resource, std::string_view name,
                         std::int32_t operations) const;

private:
    void tell(ConnectionState& client, Access access, std::string_view name) const;

    const BrokerSettings& settings_;
    const AclTable& rules_;
    Log& log_;
};

/// As people and Kafka's tools write it: "Read", "TransactionalId".
std::string_view toString(Access::Operation operation);
std::string_view toString(Access::Resource resource);
/// Kafka's error number for what may not be done with a resource of that kind.
std::int16_t refusalOf(Access::Resource resource);

} // namespace millrace::broker
