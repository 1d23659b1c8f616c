#pragma once

#include <cstdint>

namespace millrace::broker {

/// What a client must be allowed to do, in the words and numbers of Kafka's access control (AclOperation,
/// ResourceType). Requests about topics and groups ask for it on each one they name.
struct Access {
    enum class Resource : std::int8_t {
        none = 0,
        topic = 2,
        group = 3,
        cluster = 4,
        transactionalId = 5,
        delegationToken = 6,
        user = 7
    } resource = Resource::none;
    enum class Operation : std::int8_t {
        none = 0,
        all = 2,
        read = 3,
        write = 4,
        create = 5,
        remove = 6,
        alter = 7,
        describe = 8,
        clusterAction = 9,
        describeConfigs = 10,
        alterConfigs = 11,
        idempotentWrite = 12,
        createTokens = 13,
        describeTokens = 14,
        twoPhaseCommit = 15
    } operation = Operation::none;
    bool operator==(const Access&) const = default;
};

/// The one name that the cluster has as a resource.
inline constexpr const char* kClusterName = "kafka-cluster";

} // namespace millrace::broker
