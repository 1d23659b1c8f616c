#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "broker/consumers/consumer_group.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::broker {

/// What a change of a group of the consumer protocol is in the journal of groups; what Kafka keeps in the records 3 to
/// 8 of __consumer_offsets.
struct ConsumerEntry {
    struct Topic {
        std::string name;
        wire::Uuid id;
        std::int32_t partitions = 0;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.name);
            io.field(self.id);
            io.field(self.partitions);
        }
    };
    struct Partitions {
        wire::Uuid topic;
        std::vector<std::int32_t> indexes;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.topic);
            io.field(self.indexes);
        }
    };
    struct Member {
        std::string id;
        std::optional<std::string> instanceId;
        std::optional<std::string> rackId;
        std::string clientId;
        std::string clientHost;
        std::int32_t rebalanceTimeoutMs = 0;
        std::vector<std::string> topics;
        std::string regex;
        std::optional<std::string> assignor;
        std::int32_t epoch = 0;
        std::int32_t previousEpoch = 0;
        std::int8_t state = 0;
        std::vector<Partitions> assigned;
        std::vector<Partitions> revoking;
        std::vector<Partitions> target;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.id);
            io.field(self.instanceId);
            io.field(self.rackId);
            io.field(self.clientId);
            io.field(self.clientHost);
            io.field(self.rebalanceTimeoutMs);
            io.field(self.topics);
            io.field(self.regex);
            io.field(self.assignor);
            io.field(self.epoch);
            io.field(self.previousEpoch);
            io.field(self.state);
            io.field(self.assigned);
            io.field(self.revoking);
            io.field(self.target);
        }
    };
    std::string group;
    bool anew = false; ///< what was known of the group before does not count
    std::int32_t epoch = 0;
    std::int32_t assignmentEpoch = 0;
    std::int64_t emptySince = 0;
    std::optional<std::vector<Topic>> topics; ///< absent: as they were
    std::vector<Member> members;
    std::vector<std::string> gone;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.group);
        io.field(self.anew);
        io.field(self.epoch);
        io.field(self.assignmentEpoch);
        io.field(self.emptySince);
        io.field(self.topics);
        io.field(self.members);
        io.field(self.gone);
    }
};

/// A change in so many entries that each can be written and read again: they count together only.
/// outOfRange: what one member wants and has is too large to be kept.
Result<std::vector<ConsumerEntry>> entriesOf(const std::string& group, const ConsumerChange& change,
                                             std::int64_t emptySince, bool anew);
ConsumerChange changeOf(const ConsumerEntry& entry);

} // namespace millrace::broker
