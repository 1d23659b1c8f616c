#pragma once

#include "broker/consumers/consumer_group.h"
#include "broker/consumers/topic_view.h"
#include "wire/api_spec.h"
#include "wire/messages/consumer_group_heartbeat.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::broker {

/// A heartbeat, and what is known of who sends it.
struct ConsumerAsked {
    const wire::ConsumerGroupHeartbeatRequest& request; ///< with a member id
    std::string clientId;
    std::string clientHost;
};

/// What a heartbeat is judged by beside the group.
struct ConsumerRules {
    const TopicView& topics;
    bool topicsMayDiffer = true; ///< from those that the group was shared for
    std::size_t maxMembers = SIZE_MAX;
};

/// What becomes of a heartbeat. Nothing is done yet: `next` has to be written down before anybody hears of it.
struct HeartbeatVerdict {
    std::int16_t error = 0;            ///< Kafka's number; then nothing else counts
    std::string message{};             ///< for the client's log
    std::optional<ConsumerGroup> next; ///< absent: the group stays as it is
    bool tellsAssignment = false;      ///< the member is to hear what it has
};

/// Why this is no heartbeat that can be judged at all; error 0 when it is one. Rules of KIP-848 and KIP-1082.
HeartbeatVerdict checkHeartbeat(const wire::ConsumerGroupHeartbeatRequest& request, wire::Version version);

/// The coordinator's whole judgement, a pure function: somebody joins, goes on, or leaves. Precondition:
/// checkHeartbeat() had nothing against it. Rules: KIP-848, and GroupMetadataManager for the order. Milder than Kafka
/// in one point: who joins under an id that is in the group begins anew at once, unless it has still to give up
/// something.
HeartbeatVerdict judgeHeartbeat(const ConsumerGroup& group, const ConsumerAsked& asked, const ConsumerRules& rules);

/// The group when one of its members is gone. Precondition: it is in it.
ConsumerGroup withoutMember(ConsumerGroup group, const std::string& memberId);

/// Why who calls itself so, at that epoch, may not commit or read offsets for the group: UNKNOWN_MEMBER_ID,
/// STALE_MEMBER_EPOCH or, by instance id, FENCED_INSTANCE_ID; 0 when it may.
std::int16_t whyNotNow(const ConsumerGroup& group, const std::string& memberId,
                       const std::optional<std::string>& instanceId, std::int32_t epoch);

} // namespace millrace::broker
