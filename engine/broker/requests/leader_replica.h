#pragma once

#include "broker/requests/context.h"

#include <memory>

namespace millrace::broker {

/// The replica that answers for a partition, or Kafka's error number for why this broker does not.
struct LeaderReplica {
    std::shared_ptr<Partition> replica; ///< null with an error
    std::int16_t error = 0;
};

/// What the metadata says: whether there is such a partition (`topic` null: there is not), and whether this broker
/// leads it.
LeaderReplica leaderOf(const Context& context, const TopicMetadata* topic, std::int32_t index);
/// The same, and whether it can be read and leads in the epoch that the client believes in.
LeaderReplica readableLeader(const Context& context, const TopicMetadata* topic, std::int32_t index,
                             std::int32_t believedEpoch);

} // namespace millrace::broker
