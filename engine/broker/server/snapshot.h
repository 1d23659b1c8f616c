#pragma once

#include "base/clock.h"
#include "broker/groups/consumer_protocol.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::broker {

/// What the broker looked like at one moment; plain values, free to go anywhere.
struct PartitionSnapshot {
    std::int32_t id = 0;
    std::int64_t logStart = 0;
    std::int64_t nextOffset = 0; ///< the log end; also the high watermark
    std::uint64_t bytes = 0;     ///< on disk
    /// Monotonic since the broker started.
    std::uint64_t recordsIn = 0, bytesIn = 0, recordsOut = 0, bytesOut = 0;
    bool operator==(const PartitionSnapshot&) const = default;
};

struct TopicSnapshot {
    std::string name;
    bool internal = false;
    std::vector<PartitionSnapshot> partitions;
    bool operator==(const TopicSnapshot&) const = default;
};

struct MemberSnapshot {
    std::string id;
    std::string clientId;
    std::string host;
    std::vector<AssignedTopic> assignment; ///< empty while a rebalance runs, and for protocols other than "consumer"
    bool operator==(const MemberSnapshot&) const = default;
};

struct OffsetSnapshot {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t committed = -1;
    EpochMs commitTimeMs = 0;
    bool operator==(const OffsetSnapshot&) const = default;
};

struct GroupSnapshot {
    std::string id;
    std::string state; ///< "Stable", "PreparingRebalance", … as Kafka's tools print it
    std::string protocolType;
    std::vector<MemberSnapshot> members;
    std::vector<OffsetSnapshot> offsets;
    bool operator==(const GroupSnapshot&) const = default;
};

struct BrokerSnapshot {
    std::vector<TopicSnapshot> topics; ///< by name
    std::vector<GroupSnapshot> groups; ///< by id
    std::size_t connections = 0;
    /// Monotonic since the broker started.
    std::uint64_t recordsIn = 0, bytesIn = 0, recordsOut = 0, bytesOut = 0;
    std::uint64_t produceRequests = 0, fetchRequests = 0, failedRequests = 0;
    bool operator==(const BrokerSnapshot&) const = default;
};

} // namespace millrace::broker
