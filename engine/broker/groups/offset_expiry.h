#pragma once

#include "broker/groups/group.h"

#include <chrono>
#include <set>

namespace millrace::broker {

/// The offsets of a group that are no longer kept at `now`, by the rules of Kafka (KIP-211): those of a group without
/// members a retention after the last one left or the offset was committed, whichever is later; those of a group of
/// consumers a retention after they were committed, where nobody wants their topic any more; those that a client has
/// committed with a time of their own when that is over.
std::set<TopicPartition> expiredOffsets(const Group& group, EpochMs now, std::chrono::milliseconds retention);

} // namespace millrace::broker
