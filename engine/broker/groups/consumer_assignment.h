#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::broker {

/// What a consumer was given of one topic.
struct AssignedTopic {
    std::string topic;
    std::vector<std::int32_t> partitions;
    bool operator==(const AssignedTopic&) const = default;
};

/// What a consumer's assignment says, of any version of its protocol; nothing when it is none.
std::vector<AssignedTopic> decodeAssignment(const Bytes& assignment);

} // namespace millrace::broker
