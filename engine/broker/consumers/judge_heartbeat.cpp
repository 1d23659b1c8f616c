#include "broker/consumers/judge_heartbeat.h"

#include "broker/consumers/assignors.h"
#include "broker/consumers/reconcile.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Request = wire::ConsumerGroupHeartbeatRequest;

HeartbeatVerdict refusedWith(std::int16_t error, std::string message) {
    return {error, std::move(message), std::nullopt, false};
}

PartitionIds ownedBy(const Request& request) {
    PartitionIds owned;
    for (const auto& topic : *request.topicPartitions)
        for (const std::int32_t index : topic.partitions)
            owned.emplace(topic.topicId, index);
    return owned;
}

/// Who may send this, and as whom: the member as it was, a new one, or why not.
struct Sender {
    HeartbeatVerdict refusal; ///< error 0: there is none
    ConsumerMember member{};
    std::string takesOverFrom{}; ///< the id of a static member that it replaces
    bool isNew = false;
};

HeartbeatVerdict unknown(const std::string& memberId) {
    return refusedWith(kUnknownMemberId, fmt::format("there is no member {}: join with epoch 0", memberId));
}

/// Only the epoch it is in, or the one before where the answer that told the new one may have been lost: then it has
/// nothing but what it may have.
HeartbeatVerdict checkEpoch(const ConsumerMember& member, const Request& request, const PartitionIds* owned) {
    if (request.memberEpoch == member.epoch) return {};
    if (request.memberEpoch == member.previousEpoch && request.memberEpoch < member.epoch && owned &&
        std::includes(member.assigned.begin(), member.assigned.end(), owned->begin(), owned->end()))
        return {};
    return refusedWith(kFencedMemberEpoch,
                       fmt::format("member {} is in epoch {}, not in {}: give up all partitions and join with epoch 0",
                                   member.id, member.epoch, request.memberEpoch));
}

Sender joinsAnew(const ConsumerMember& member, const Request& request) {
    if (member.state == ConsumerMember::State::unrevoked)
        return {
            refusedWith(kFencedMemberEpoch, fmt::format("member {} has still to give up partitions: join again when "
                                                        "its session is over, or under another id",
                                                        request.memberId))};
    return {{}, member};
}

Sender newMember(const ConsumerGroup& group, const Request& request, std::size_t maxMembers) {
    if (group.members.size() >= maxMembers)
        return {refusedWith(kGroupMaxSizeReached, fmt::format("the group has {} members, and may have no more "
                                                              "(group.consumer.max.size)",
                                                              group.members.size()))};
    Sender sender;
    sender.member.id = request.memberId;
    sender.isNew = true;
    return sender;
}

Sender dynamicSender(const ConsumerGroup& group, const Request& request, const PartitionIds* owned,
                     std::size_t maxMembers) {
    const ConsumerMember* member = group.find(request.memberId);
    if (request.memberEpoch == ConsumerMember::kJoining)
        return member ? joinsAnew(*member, request) : newMember(group, request, maxMembers);
    if (!member) return {unknown(request.memberId)};
    return {checkEpoch(*member, request, owned), *member};
}

Sender staticJoin(const ConsumerGroup& group, const Request& request, const ConsumerMember* holder,
                  std::size_t maxMembers) {
    if (holder && holder->id == request.memberId && holder->epoch != ConsumerMember::kAway)
        return joinsAnew(*holder, request);
    if (group.find(request.memberId) && !(holder && holder->id == request.memberId))
        return {refusedWith(kInvalidRequest, fmt::format("member id {} is that of another member", request.memberId))};
    if (!holder) return newMember(group, request, maxMembers);
    if (holder->epoch != ConsumerMember::kAway)
        return {refusedWith(kUnreleasedInstanceId,
                            fmt::format("instance {} is in use by member {}: stop that one, or choose another "
                                        "group.instance.id",
                                        *request.instanceId, holder->id))};
    Sender sender{{}, *holder};
    sender.takesOverFrom = std::exchange(sender.member.id, request.memberId);
    sender.member.epoch = sender.member.previousEpoch = ConsumerMember::kJoining;
    return sender;
}

HeartbeatVerdict checkHolder(const ConsumerMember* holder, const Request& request) {
    if (!holder)
        return refusedWith(kUnknownMemberId,
                           fmt::format("there is no member for instance {}: join with epoch 0", *request.instanceId));
    if (holder->id == request.memberId) return {};
    return refusedWith(kFencedInstanceId, fmt::format("instance {} belongs to member {} now: stop this one, or choose "
                                                      "another group.instance.id",
                                                      *request.instanceId, holder->id));
}

Sender senderOf(const ConsumerGroup& group, const Request& request, const PartitionIds* owned, std::size_t maxMembers) {
    if (!request.instanceId) return dynamicSender(group, request, owned, maxMembers);
    const ConsumerMember* holder = group.findStatic(*request.instanceId);
    if (request.memberEpoch == ConsumerMember::kJoining) return staticJoin(group, request, holder, maxMembers);
    if (auto refusal = checkHolder(holder, request); refusal.error) return {std::move(refusal)};
    return {checkEpoch(*holder, request, owned), *holder};
}

/// What is not said stays as it is.
void update(ConsumerMember& member, const ConsumerAsked& asked) {
    const Request& request = asked.request;
    member.clientId = asked.clientId;
    member.clientHost = asked.clientHost;
    if (request.instanceId) member.instanceId = request.instanceId;
    if (request.rackId) member.rackId = request.rackId;
    if (request.rebalanceTimeoutMs >= 0) member.rebalanceTimeoutMs = request.rebalanceTimeoutMs;
    if (request.subscribedTopicNames)
        member.topics = {request.subscribedTopicNames->begin(), request.subscribedTopicNames->end()};
    if (request.subscribedTopicRegex) member.regex = *request.subscribedTopicRegex;
    if (request.serverAssignor) member.assignor = request.serverAssignor;
}

bool wantsOther(const ConsumerMember& before, const ConsumerMember& after) {
    return before.topics != after.topics || before.regex != after.regex || before.assignor != after.assignor;
}

/// New targets for all, in the group's epoch.
void shareAnew(ConsumerGroup& group, const TopicView& view) {
    group.topics = view.wantedBy(group);
    PartitionCounts counts;
    for (const auto& [name, shape] : group.topics)
        counts[shape.id] = shape.partitions;
    std::vector<Subscriber> subscribers;
    for (const auto& [id, member] : group.members) {
        auto& subscriber = subscribers.emplace_back(Subscriber{id, member->instanceId, member->target, {}});
        for (const auto& [name, shape] : view.wantedBy(*member))
            subscriber.topics.insert(shape.id);
    }
    Shares shares = findAssignor(group.assignor())->share(subscribers, counts);
    auto share = shares.begin();
    for (auto& [id, member] : group.members) {
        PartitionIds& target = *share++;
        if (target == member->target) continue;
        ConsumerMember changed = *member;
        changed.target = std::move(target);
        member = std::make_shared<const ConsumerMember>(std::move(changed));
    }
    group.assignmentEpoch = group.epoch;
}

/// The group with the sender in it as it says to be, shared anew where that or the topics ask for it; nothing when all
/// is as it was.
std::optional<ConsumerGroup> withSender(const ConsumerGroup& group, const Sender& sender, const ConsumerMember& before,
                                        const ConsumerRules& rules) {
    const bool bumps = sender.isNew || wantsOther(before, sender.member);
    std::optional<ConsumerGroup> next;
    if (bumps || !sender.takesOverFrom.empty() || sender.member != before) {
        next = group;
        next->members.erase(sender.takesOverFrom);
        next->put(sender.member);
    }
    const bool topicsDiffer = !bumps && rules.topicsMayDiffer && rules.topics.wantedBy(group) != group.topics;
    if (!bumps && !topicsDiffer && group.epoch == group.assignmentEpoch) return next;
    if (!next) next = group;
    if (bumps || topicsDiffer) ++next->epoch;
    shareAnew(*next, rules.topics);
    return next;
}

HeartbeatVerdict judgeLeaving(const ConsumerGroup& group, const Request& request) {
    if (request.instanceId) {
        if (auto refusal = checkHolder(group.findStatic(*request.instanceId), request); refusal.error) return refusal;
    } else if (!group.find(request.memberId)) {
        return unknown(request.memberId);
    }
    HeartbeatVerdict verdict;
    if (request.memberEpoch == ConsumerMember::kLeaving) {
        verdict.next = withoutMember(group, request.memberId);
        return verdict;
    }
    // What it has waits for it, for a session; what it was to give up it has given up.
    ConsumerMember away = *group.find(request.memberId);
    away.epoch = ConsumerMember::kAway;
    away.state = ConsumerMember::State::stable;
    away.revoking.clear();
    verdict.next = group;
    verdict.next->put(std::move(away));
    return verdict;
}

bool saysAll(const Request& request) {
    return request.memberEpoch == ConsumerMember::kJoining ||
           (request.rebalanceTimeoutMs >= 0 && (request.subscribedTopicNames || request.subscribedTopicRegex) &&
            request.topicPartitions);
}

} // namespace

ConsumerGroup withoutMember(ConsumerGroup group, const std::string& memberId) {
    group.members.erase(memberId);
    ++group.epoch;
    return group;
}

HeartbeatVerdict judgeHeartbeat(const ConsumerGroup& group, const ConsumerAsked& asked, const ConsumerRules& rules) {
    const Request& request = asked.request;
    if (request.memberEpoch < 0) return judgeLeaving(group, request);
    const auto said = request.topicPartitions ? std::optional(ownedBy(request)) : std::nullopt;
    const PartitionIds* owned = said ? &*said : nullptr;
    Sender sender = senderOf(group, request, owned, rules.maxMembers);
    if (sender.refusal.error) return std::move(sender.refusal);

    const ConsumerMember before = sender.member;
    update(sender.member, asked);
    HeartbeatVerdict verdict;
    verdict.next = withSender(group, sender, before, rules);
    const ConsumerGroup& now = verdict.next ? *verdict.next : group;
    const ConsumerMember& current = *now.find(request.memberId);
    ConsumerMember after = reconciled(now, current, owned);
    verdict.tellsAssignment = saysAll(request) || after.assigned != before.assigned;
    if (after != current) {
        if (!verdict.next) verdict.next = group;
        verdict.next->put(std::move(after));
    }
    return verdict;
}

std::int16_t whyNotNow(const ConsumerGroup& group, const std::string& memberId,
                       const std::optional<std::string>& instanceId, std::int32_t epoch) {
    if (instanceId) {
        const ConsumerMember* holder = group.findStatic(*instanceId);
        if (!holder) return kUnknownMemberId;
        if (holder->id != memberId) return kFencedInstanceId;
    }
    const ConsumerMember* member = group.find(memberId);
    if (!member) return kUnknownMemberId;
    return member->epoch == epoch ? kNone : kStaleMemberEpoch;
}

} // namespace millrace::broker
