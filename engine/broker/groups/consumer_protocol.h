#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::broker {

/// What Kafka's consumers tell each other through a group: opaque to the coordinator, which looks into it only to show
/// it and to know which offsets are still of use.

/// What a consumer was given of one topic.
struct AssignedTopic {
    std::string topic;
    std::vector<std::int32_t> partitions;
    bool operator==(const AssignedTopic&) const = default;
};

/// What a consumer's assignment says, of any version of its protocol; nothing when it is none.
std::vector<AssignedTopic> decodeAssignment(const Bytes& assignment);

/// The topics that a consumer wants, as its metadata says in any version; absent when it is no such metadata.
std::optional<std::vector<std::string>> decodeSubscription(const Bytes& metadata);

} // namespace millrace::broker
