#pragma once

#include "wire/uuid.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace millrace::broker {

/// A partition by the id of its topic, so that a topic made anew under an old name is another one.
using PartitionId = std::pair<wire::Uuid, std::int32_t>;
using PartitionIds = std::set<PartitionId>;

/// What of a topic counts for who gets which partition.
struct TopicShape {
    wire::Uuid id;
    std::int32_t partitions = 0;
    bool operator==(const TopicShape&) const = default;
};
using TopicShapes = std::map<std::string, TopicShape>;

/// One member of a group of the consumer protocol (KIP-848).
struct ConsumerMember {
    /// How far it is on its way to its target. The numbers are Kafka's.
    enum class State : std::int8_t {
        stable = 0,
        unrevoked = 1,  ///< it has to give up what is in `revoking` first
        unreleased = 2, ///< some of its target is still with others
    };
    static constexpr std::int32_t kJoining = 0, kLeaving = -1, kAway = -2;

    std::string id;
    std::optional<std::string> instanceId; ///< static membership
    std::optional<std::string> rackId;
    std::string clientId;
    std::string clientHost;
    std::int32_t rebalanceTimeoutMs = 0;
    std::set<std::string> topics;
    std::string regex; ///< topics by name, RE2's syntax; empty: none
    std::optional<std::string> assignor;
    std::int32_t epoch = kJoining;         ///< kAway: a static member that said that it comes back
    std::int32_t previousEpoch = kJoining; ///< still good where the answer with the new one was lost
    State state = State::stable;
    PartitionIds assigned; ///< that it may read
    PartitionIds revoking; ///< that it had, and has not said yet that it has given up
    PartitionIds target;   ///< that it is to have

    bool operator==(const ConsumerMember&) const = default;
};
using ConsumerMemberPtr = std::shared_ptr<const ConsumerMember>;

/// A group of the consumer protocol. Data; members do not change but are replaced, so that a copy costs little and a
/// change is what differs between two of them.
struct ConsumerGroup {
    std::int32_t epoch = 0;           ///< one more with each change of members, subscriptions or topics
    std::int32_t assignmentEpoch = 0; ///< the epoch that the members' targets were made for
    TopicShapes topics;               ///< that the members want, as they were for those targets
    std::map<std::string, ConsumerMemberPtr> members;

    /// Null when there is none.
    const ConsumerMember* find(const std::string& memberId) const;
    const ConsumerMember* findStatic(const std::string& instanceId) const;
    void put(ConsumerMember member);
    /// As ListGroups and ConsumerGroupDescribe spell it.
    const char* state() const;
    /// The assignor that most members want; where none wants one the first of kAssignors.
    std::string assignor() const;
};

/// What of a group has become another; enough to make the second out of the first.
struct ConsumerChange {
    std::int32_t epoch = 0;
    std::int32_t assignmentEpoch = 0;
    std::optional<TopicShapes> topics; ///< absent: as they were
    std::map<std::string, ConsumerMemberPtr> members;
    std::set<std::string> gone;
};
ConsumerChange changeBetween(const ConsumerGroup& before, const ConsumerGroup& after);
void apply(const ConsumerChange& change, ConsumerGroup& group);

} // namespace millrace::broker
