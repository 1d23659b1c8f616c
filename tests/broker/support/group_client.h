#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "wire/error_code.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/join_group.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/sync_group.h"
#include "wire/writer.h"

namespace millrace::broker {

inline constexpr wire::Version kOldJoin = 2, kJoin = 5, kStaticJoin = 7;

/// One consumer as a client library would drive it.
struct GroupClient {
    CoreFixture& broker;
    std::string name;
    std::optional<std::string> instanceId = std::nullopt;
    std::vector<std::string> protocols = {"range"};
    std::string memberId = {};
    std::int32_t generation = -1;
    /// What it tells the others.
    Bytes metadata = Bytes::copyOf(name + " metadata");
    std::chrono::milliseconds session = std::chrono::seconds(10);
    std::chrono::milliseconds rebalance = std::chrono::seconds(60);

    wire::JoinGroupRequest joinRequest() const {
        wire::JoinGroupRequest request;
        request.groupId = "g";
        request.sessionTimeoutMs = std::int32_t(session.count());
        request.rebalanceTimeoutMs = std::int32_t(rebalance.count());
        request.memberId = memberId;
        request.groupInstanceId = instanceId;
        request.protocolType = "consumer";
        for (const auto& protocol : protocols)
            request.protocols.push_back({protocol, metadata});
        return request;
    }
    /// Two rounds when the broker hands out an id first.
    Asked<wire::JoinGroupResponse> join(wire::Version version = kJoin) {
        auto asked = broker.ask(joinGroup, joinRequest(), version, name);
        broker.settle();
        if (asked.answered() && asked->errorCode == wire::error::kMemberIdRequired) {
            memberId = asked->memberId;
            asked = broker.ask(joinGroup, joinRequest(), version, name);
            broker.settle();
        }
        return asked;
    }
    void joined(const Asked<wire::JoinGroupResponse>& asked) {
        memberId = asked->memberId;
        generation = asked->generationId;
    }
    Asked<wire::SyncGroupResponse> sync(const std::vector<GroupClient*>& assigned = {}) {
        wire::SyncGroupRequest request;
        request.groupId = "g";
        request.generationId = generation;
        request.memberId = memberId;
        request.groupInstanceId = instanceId;
        for (const GroupClient* client : assigned)
            request.assignments.push_back({client->memberId, Bytes::copyOf("for " + client->name)});
        return broker.get(syncGroup, request, 3);
    }
    std::int16_t heartbeat() {
        wire::HeartbeatRequest request;
        request.groupId = "g";
        request.generationId = generation;
        request.memberId = memberId;
        request.groupInstanceId = instanceId;
        return broker.get(broker::heartbeat, request, 3)->errorCode;
    }
    std::int16_t commit(std::int64_t offset, const std::string& topic = "t", std::int32_t partition = 0,
                        std::string metadata = "note") {
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        request.generationIdOrMemberEpoch = generation;
        request.memberId = memberId;
        request.groupInstanceId = instanceId;
        auto& entry = request.topics.emplace_back();
        entry.name = topic;
        entry.partitions.push_back({partition, offset, 0, std::move(metadata)});
        return broker.get(offsetCommit, request, 7)->topics.at(0).partitions.at(0).errorCode;
    }
    std::int16_t leave() {
        wire::LeaveGroupRequest request;
        request.groupId = "g";
        request.memberId = memberId;
        return broker.get(leaveGroup, request, 1)->errorCode;
    }
};

inline std::int64_t committed(CoreFixture& broker, const std::string& group = "g", std::int32_t partition = 0) {
    wire::OffsetFetchRequest request;
    request.groupId = group;
    request.topics.emplace().push_back({"t", {partition}});
    return broker.get(offsetFetch, request, 5)->topics.at(0).partitions.at(0).committedOffset;
}

/// As Kafka's consumers say which topics they want.
inline Bytes subscriptionTo(const std::vector<std::string>& topics) {
    wire::Writer writer(0, false);
    writer.field(std::int16_t{1});
    writer.field(topics);
    writer.field(std::optional<Bytes>());
    writer.field(std::vector<std::string>()); // owned partitions
    return Bytes(writer.takeBuffer());
}

inline wire::DescribeGroupsResponse::Group described(CoreFixture& broker, wire::Version version = 4) {
    wire::DescribeGroupsRequest request;
    request.groups = {"g"};
    return broker.get(describeGroups, request, version)->groups.at(0);
}

/// Both in the group and synced; `a` leads.
inline void stabilise(GroupClient& a, GroupClient& b) {
    auto first = a.join();
    a.joined(first);
    a.sync({&a});
    auto second = b.join();
    first = a.join();
    a.joined(first);
    b.joined(second);
    const auto waiting = b.sync();
    a.sync({&a, &b});
}

} // namespace millrace::broker
