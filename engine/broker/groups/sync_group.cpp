#include "broker/groups/group_coordinator.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

std::int16_t checkMember(const Group* group, const std::string& memberId, const std::optional<std::string>& instanceId,
                         std::int32_t generation) {
    if (!group) return kUnknownMemberId;
    if (instanceId) {
        const Member* holder = group->findStatic(*instanceId);
        if (!holder) return kUnknownMemberId;
        if (holder->id != memberId) return kFencedInstanceId;
    }
    if (!group->find(memberId)) return kUnknownMemberId;
    return generation == group->generation ? kNone : kIllegalGeneration;
}

wire::SyncGroupResponse answerFor(const Group& group, const Member& member) {
    wire::SyncGroupResponse response;
    response.protocolType = group.protocolType;
    response.protocolName = group.protocol;
    response.assignment = member.assignment;
    return response;
}

wire::SyncGroupResponse refused(std::int16_t error) {
    wire::SyncGroupResponse response;
    response.errorCode = error;
    return response;
}

} // namespace

Answer<wire::SyncGroupResponse> GroupCoordinator::sync(const wire::SyncGroupRequest& request) {
    Group* group = find(request.groupId);
    if (const auto error = checkMember(group, request.memberId, request.groupInstanceId, request.generationId))
        return refused(error);
    const bool otherProtocol = (request.protocolType && *request.protocolType != group->protocolType) ||
                               (request.protocolName && group->protocol && *request.protocolName != *group->protocol);
    if (otherProtocol) return refused(kInconsistentGroupProtocol);
    Member& member = *group->find(request.memberId);
    if (group->state == GroupState::preparingRebalance) return refused(kRebalanceInProgress);
    if (group->state == GroupState::empty || group->state == GroupState::dead) return refused(kUnknownMemberId);
    member.synced = true;
    touch(*group, member);
    if (group->state == GroupState::stable) return answerFor(*group, member);

    if (group->leader == member.id) return share(*group, member, request);
    const Pending<wire::SyncGroupResponse> pending;
    if (member.syncing) member.syncing->complete(refused(kUnknownMemberId));
    member.syncing = pending;
    return pending;
}

/// The leader says what each has. Nobody hears of it before it is kept: a restart must not bring back less.
Answer<wire::SyncGroupResponse> GroupCoordinator::share(Group& group, Member& leader,
                                                        const wire::SyncGroupRequest& request) {
    for (const auto& assignment : request.assignments)
        if (Member* other = group.find(assignment.memberId))
            other->assign(Bytes::copyOf(assignment.assignment.span()), group.ofConsumers());
    group.state = GroupState::stable;
    const std::int16_t error = keep(group);
    for (const auto& other : group.members)
        if (other->syncing)
            std::exchange(other->syncing, std::nullopt)->complete(error ? refused(error) : answerFor(group, *other));
    if (error == kNone) return answerFor(group, leader);
    prepareRebalance(group);
    return refused(error);
}

std::int16_t GroupCoordinator::heartbeat(const wire::HeartbeatRequest& request) {
    Group* group = find(request.groupId);
    if (const auto error = checkMember(group, request.memberId, request.groupInstanceId, request.generationId))
        return error;
    touch(*group, *group->find(request.memberId));
    return group->state == GroupState::preparingRebalance ? kRebalanceInProgress : kNone;
}

std::int16_t GroupCoordinator::leave(const std::string& groupId, const std::string& memberId,
                                     const std::optional<std::string>& instanceId) {
    Group* group = find(groupId);
    if (!group) return kUnknownMemberId;
    Member* member = instanceId ? group->findStatic(*instanceId) : group->find(memberId);
    if (instanceId && member && !memberId.empty() && member->id != memberId) return kFencedInstanceId;
    if (member) {
        removeMember(*group, *member);
        memberIsGone(*group);
        return kNone;
    }
    const auto announced = group->announced.find(memberId);
    if (announced == group->announced.end()) return kUnknownMemberId;
    clock_.cancel(announced->second);
    group->announced.erase(announced);
    nobodyComes(*group);
    return kNone;
}

std::int16_t GroupCoordinator::checkCommit(const wire::OffsetCommitRequest& request, wire::Version version) {
    Group* group = find(request.groupId);
    constexpr wire::Version kKnowsGroupIdNotFound = 9, kKnowsConsumerProtocol = 9;
    const bool standalone = request.generationIdOrMemberEpoch < 0;
    if (!group) {
        if (standalone) return kNone;
        return version >= kKnowsGroupIdNotFound ? kGroupIdNotFound : kIllegalGeneration;
    }
    if (standalone && !group->hasMembers()) return kNone;
    if (group->consumers) {
        const auto error =
            whyNotNow(*group->consumers, request.memberId, request.groupInstanceId, request.generationIdOrMemberEpoch);
        // Older clients know nothing of epochs, and of their errors.
        const bool known = error == kNone || error == kStaleMemberEpoch;
        return known && version < kKnowsConsumerProtocol ? kUnsupportedVersion : error;
    }
    const auto error = checkMember(group, request.memberId, request.groupInstanceId, request.generationIdOrMemberEpoch);
    if (error) return error;
    touch(*group, *group->find(request.memberId));
    // Between join and sync nobody knows yet whose partitions these are.
    return group->state == GroupState::completingRebalance ? kRebalanceInProgress : kNone;
}

std::int16_t GroupCoordinator::checkTransactionalCommit(const wire::TxnOffsetCommitRequest& request) {
    Group* group = find(request.groupId);
    if (!group) return request.generationId < 0 ? kNone : kIllegalGeneration;
    if (request.generationId < 0 && request.memberId.empty() && !request.groupInstanceId) return kNone;
    if (group->consumers) {
        if (request.generationId < 0 && !group->hasMembers()) return kNone;
        const auto error =
            whyNotNow(*group->consumers, request.memberId, request.groupInstanceId, request.generationId);
        return error == kStaleMemberEpoch ? kIllegalGeneration : error; // which producers know
    }
    const auto error = checkMember(group, request.memberId, request.groupInstanceId, request.generationId);
    if (error == kNone) touch(*group, *group->find(request.memberId));
    return error;
}

} // namespace millrace::broker
