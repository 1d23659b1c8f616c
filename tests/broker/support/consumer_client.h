#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "wire/error_code.h"
#include "wire/messages/consumer_group_describe.h"
#include "wire/messages/consumer_group_heartbeat.h"

#include <set>
#include <string>
#include <utility>

namespace millrace::broker {

/// One consumer of the consumer protocol as a client library would drive it: it joins, takes what it is told, and says
/// what it has with the next heartbeat.
struct ConsumerClient {
    using Owned = std::set<std::pair<std::string, std::int32_t>>;

    CoreFixture& broker;
    std::string memberId;
    std::vector<std::string> topics = {"t"};
    std::optional<std::string> instanceId = std::nullopt;
    std::optional<std::string> regex = std::nullopt;
    std::optional<std::string> assignor = std::nullopt;
    wire::Version version = 1;
    std::string group = "g";
    std::int32_t epoch = 0;
    Owned owned = {};
    bool told = false; ///< an assignment came with the last answer

    wire::ConsumerGroupHeartbeatRequest joinRequest() const {
        wire::ConsumerGroupHeartbeatRequest request;
        request.groupId = group;
        request.memberId = memberId;
        request.instanceId = instanceId;
        request.rebalanceTimeoutMs = 60'000;
        request.subscribedTopicNames = topics;
        request.subscribedTopicRegex = regex;
        request.serverAssignor = assignor;
        request.topicPartitions.emplace();
        return request;
    }
    wire::ConsumerGroupHeartbeatRequest beatRequest(bool sayWhatItHas) const {
        wire::ConsumerGroupHeartbeatRequest request;
        request.groupId = group;
        request.memberId = memberId;
        request.memberEpoch = epoch;
        request.instanceId = instanceId;
        if (!sayWhatItHas) return request;
        auto& list = request.topicPartitions.emplace();
        for (const auto& [topic, index] : owned) {
            const auto found = broker.metadata().find(topic);
            if (found) list.push_back({found->id, {index}});
        }
        return request;
    }
    Asked<wire::ConsumerGroupHeartbeatResponse> send(const wire::ConsumerGroupHeartbeatRequest& request) {
        return broker.get(consumerGroupHeartbeat, request, version);
    }
    std::int16_t join() {
        owned.clear();
        return follow(send(joinRequest()));
    }
    /// Says what it has, and takes what it is told.
    std::int16_t beat() { return follow(send(beatRequest(true))); }
    std::int16_t leave(std::int32_t how = -1) {
        auto request = beatRequest(false);
        request.memberEpoch = how;
        return send(request)->errorCode;
    }
    /// Of one topic.
    std::set<std::int32_t> has(const std::string& topic = "t") const {
        std::set<std::int32_t> partitions;
        for (const auto& [name, index] : owned)
            if (name == topic) partitions.insert(index);
        return partitions;
    }

    std::int16_t follow(const Asked<wire::ConsumerGroupHeartbeatResponse>& answer) {
        if (answer->errorCode) return answer->errorCode;
        memberId = *answer->memberId;
        epoch = answer->memberEpoch;
        told = answer->assignment.has_value();
        if (!told) return 0;
        owned.clear();
        for (const auto& topic : answer->assignment->topicPartitions)
            for (const std::int32_t index : topic.partitions)
                owned.emplace(broker.metadata().find(topic.topicId)->name, index);
        return 0;
    }
};

/// Heartbeats of all until nothing changes any more.
inline void settleConsumers(const std::vector<ConsumerClient*>& clients) {
    for (int round = 0; round < 10; ++round)
        for (ConsumerClient* client : clients)
            if (client->beat()) return;
}

inline wire::ConsumerGroupDescribeResponse::Group describedConsumers(CoreFixture& broker,
                                                                     const std::string& group = "g") {
    wire::ConsumerGroupDescribeRequest request;
    request.groupIds = {group};
    return broker.get(consumerGroupDescribe, request, 1)->groups.at(0);
}

} // namespace millrace::broker
