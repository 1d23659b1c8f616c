#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "broker/common/answer.h"
#include "broker/consumers/consumer_group.h"
#include "broker/groups/consumer_protocol.h"
#include "wire/messages/join_group.h"
#include "wire/messages/sync_group.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace millrace::broker {

enum class GroupState { empty, preparingRebalance, completingRebalance, stable, dead };
/// As ListGroups and DescribeGroups spell them.
const char* toString(GroupState state);

struct Member {
    struct Protocol {
        std::string name;
        Bytes metadata;
        bool operator==(const Protocol&) const = default;
    };
    std::string id;
    std::optional<std::string> instanceId; ///< static membership, KIP-345
    std::string clientId;
    std::string clientHost;
    std::chrono::milliseconds sessionTimeout{};
    std::chrono::milliseconds rebalanceTimeout{};
    std::vector<Protocol> protocols; ///< in the member's order of preference
    Bytes assignment;
    std::vector<AssignedTopic> assigned;                     ///< what it says, of groups of consumers
    std::optional<Pending<wire::JoinGroupResponse>> joining; ///< parked until the rebalance is over
    std::optional<Pending<wire::SyncGroupResponse>> syncing; ///< parked until the leader's assignment comes
    bool synced = false;                                     ///< in this generation
    bool neverIn = true;                                     ///< has not been in any generation yet
    MonotonicTime deadline{};
    Clock::TimerId session = 0;

    bool parked() const { return joining || syncing; }
    /// `ofConsumer`: the assignment is in the form of Kafka's consumers.
    void assign(Bytes bytes, bool ofConsumer);
    const Bytes* metadataFor(const std::string& protocol) const;
};

struct CommittedOffset {
    std::int64_t offset = -1;
    std::int32_t leaderEpoch = -1;
    std::string metadata;
    EpochMs commitTime = 0;
    EpochMs expireTime = -1; ///< that the client has asked for; -1: as offsets.retention.minutes says
    bool operator==(const CommittedOffset&) const = default;
};
using TopicPartition = std::pair<std::string, std::int32_t>;

/// What time brings to a member of the consumer protocol.
struct ConsumerTimers {
    MonotonicTime deadline{}; ///< of its next heartbeat
    Clock::TimerId session = 0;
    Clock::TimerId revocation = 0;
    std::int32_t revokesIn = 0; ///< the epoch that `revocation` is for
};

/// One consumer group: members of the classic protocol, or of the consumer protocol, and committed offsets. Data only;
/// GroupCoordinator moves it.
struct Group {
    std::string id;
    GroupState state = GroupState::empty;
    std::string protocolType;
    std::optional<std::string> protocol; ///< chosen for this generation
    std::optional<std::string> leader;   ///< member id
    std::int32_t generation = 0;
    std::vector<std::unique_ptr<Member>> members;    ///< in the order of joining
    std::map<std::string, Clock::TimerId> announced; ///< ids given out (KIP-394) whose owners have not joined yet
    std::map<TopicPartition, CommittedOffset> offsets;
    std::map<TopicPartition, int> unstable; ///< how many open transactions have an offset of it
    EpochMs lastCommit = 0; ///< the latest commitTime of its offsets, and of those that wait to become its own
    EpochMs emptySince = 0;
    Bytes kept;                   ///< what the journal says of it, without its offsets; empty: nothing
    Clock::TimerId rebalance = 0; ///< end of the join phase, or of the sync phase
    bool initialDelay = false;    ///< a group that was empty waits for more first members
    bool joinedInDelay = false;   ///< somebody did, so it waits once more
    MonotonicTime delayLimit{};
    std::optional<ConsumerGroup> consumers; ///< of the consumer protocol; then it has no members of the classic one
    std::map<std::string, ConsumerTimers> timers; ///< of `consumers`
    std::uint64_t topicsSeen = UINT64_MAX;        ///< revision of the topics that `consumers` was last compared with

    bool ofConsumers() const { return protocolType == "consumer"; }
    /// Somebody is in it, by whatever protocol.
    bool hasMembers() const { return !members.empty() || (consumers && !consumers->members.empty()); }
    /// Nobody is in it or about to be.
    bool deserted() const { return !hasMembers() && announced.empty(); }
    /// Its state and its type as ListGroups and DescribeGroups spell them.
    const char* stateName() const { return consumers ? consumers->state() : toString(state); }
    const char* typeName() const { return consumers ? "consumer" : "classic"; }
    Member* find(const std::string& memberId) const;
    Member* findStatic(const std::string& instanceId) const;
    std::chrono::milliseconds rebalanceTimeout() const; ///< the largest
    /// Names that every member offers, in no order.
    std::vector<std::string> commonProtocols() const;
    /// Among those all support, the one that most members prefer. Precondition: there is a member.
    std::string electProtocol() const;
    /// Whether somebody with these protocols could be in the group with everybody except `exceptMember`.
    bool supports(const std::string& type, const std::vector<Member::Protocol>& protocols,
                  const std::string& exceptMember) const;
    /// The topics that its consumers want; absent when it cannot be told, because they are none or not said yet.
    std::optional<std::set<std::string>> subscribedTopics() const;
};

} // namespace millrace::broker
