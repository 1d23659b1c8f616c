#include "broker/common/call.h"
#include "broker/groups/group_coordinator.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr wire::Version kAnnouncesIds = 4;      // KIP-394
constexpr wire::Version kCanSkipAssignment = 9; // KIP-814

wire::JoinGroupResponse refused(std::int16_t error, const std::string& memberId) {
    wire::JoinGroupResponse response;
    response.errorCode = error;
    response.memberId = memberId;
    response.protocolName = "";
    return response;
}

std::vector<Member::Protocol> protocolsOf(const wire::JoinGroupRequest& request) {
    std::vector<Member::Protocol> protocols;
    // Copied: the frame that carried them would stay alive as long as the member.
    for (const auto& protocol : request.protocols)
        protocols.push_back({protocol.name, Bytes::copyOf(protocol.metadata.span())});
    return protocols;
}

void update(Member& member, const wire::JoinGroupRequest& request, const Call& call) {
    member.clientId = call.clientId;
    member.clientHost = call.connection->clientHost;
    member.sessionTimeout = std::chrono::milliseconds(request.sessionTimeoutMs);
    member.rebalanceTimeout = std::chrono::milliseconds(request.rebalanceTimeoutMs >= 0 ? request.rebalanceTimeoutMs
                                                                                        : request.sessionTimeoutMs);
    member.protocols = protocolsOf(request);
}

} // namespace

std::string GroupCoordinator::newMemberId(const std::string& prefix) {
    const auto uuid = random_.uuid();
    std::string id = prefix + "-";
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
        id += fmt::format("{:02x}", uuid[i]);
    }
    return id;
}

std::int16_t GroupCoordinator::checkJoin(const wire::JoinGroupRequest& request, const Group* group) const {
    if (request.groupId.empty()) return kInvalidGroupId;
    const std::chrono::milliseconds session(request.sessionTimeoutMs);
    if (session < settings_.groupMinSession || session > settings_.groupMaxSession) return kInvalidSessionTimeout;
    if (!group && !request.memberId.empty()) return kUnknownMemberId;
    if (group && group->consumers && group->hasMembers()) return kInconsistentGroupProtocol;
    static const Group kNobody;
    const Group& present = group ? *group : kNobody;
    const Member* holder = request.groupInstanceId ? present.findStatic(*request.groupInstanceId) : nullptr;
    const std::string& except = holder ? holder->id : request.memberId;
    if (!present.supports(request.protocolType, protocolsOf(request), except)) return kInconsistentGroupProtocol;
    return kNone;
}

Answer<wire::JoinGroupResponse> GroupCoordinator::join(const wire::JoinGroupRequest& request, const Call& call) {
    if (const auto error = checkJoin(request, find(request.groupId))) return refused(error, request.memberId);
    Group& group = obtain(request.groupId);
    Member* holder = request.groupInstanceId ? group.findStatic(*request.groupInstanceId) : nullptr;
    if (request.memberId.empty())
        return holder ? joinStatic(group, *holder, request, call) : joinNew(group, request, call);

    if (request.groupInstanceId && !holder) return refused(kUnknownMemberId, request.memberId);
    if (holder && holder->id != request.memberId) return refused(kFencedInstanceId, request.memberId);
    if (Member* member = group.find(request.memberId)) return rejoin(group, *member, request, call);
    if (group.announced.contains(request.memberId)) return joinNew(group, request, call);
    return refused(kUnknownMemberId, request.memberId);
}

Answer<wire::JoinGroupResponse> GroupCoordinator::joinNew(Group& group, const wire::JoinGroupRequest& request,
                                                          const Call& call) {
    const auto announced = group.announced.find(request.memberId);
    if (announced == group.announced.end() && group.members.size() + group.announced.size() >= settings_.groupMaxSize)
        return refused(kGroupMaxSizeReached, request.memberId);
    if (announced == group.announced.end() && !request.groupInstanceId && call.version >= kAnnouncesIds) {
        // A client that never comes back with the id would otherwise hold up every rebalance for its session timeout.
        const std::string id = newMemberId(call.clientId);
        announce(group, id, std::chrono::milliseconds(request.sessionTimeoutMs));
        return refused(kMemberIdRequired, id);
    }
    if (group.consumers) becomeClassic(group);
    auto member = std::make_unique<Member>();
    if (announced != group.announced.end()) {
        clock_.cancel(announced->second);
        member->id = announced->first;
        group.announced.erase(announced);
    } else {
        member->id = newMemberId(request.groupInstanceId ? *request.groupInstanceId : call.clientId);
    }
    member->instanceId = request.groupInstanceId;
    update(*member, request, call);
    if (group.members.empty()) group.protocolType = request.protocolType;
    group.joinedInDelay = group.initialDelay;
    group.members.push_back(std::move(member));
    return park(group, *group.members.back());
}

/// A static member that comes back without its member id takes over from its former self.
Answer<wire::JoinGroupResponse> GroupCoordinator::joinStatic(Group& group, Member& holder,
                                                             const wire::JoinGroupRequest& request, const Call& call) {
    const std::string formerId = holder.id;
    if (holder.joining) holder.joining->complete(refused(kFencedInstanceId, formerId));
    if (holder.syncing) {
        wire::SyncGroupResponse fenced;
        fenced.errorCode = kFencedInstanceId;
        holder.syncing->complete(std::move(fenced));
    }
    holder.joining.reset();
    holder.syncing.reset();
    clock_.cancel(std::exchange(holder.session, 0));
    holder.id = newMemberId(*request.groupInstanceId);
    if (group.leader == formerId) group.leader = holder.id;
    update(holder, request, call);
    if (group.state != GroupState::stable || group.electProtocol() != group.protocol) return park(group, holder);
    touch(group, holder);
    if (const auto error = keep(group)) return refused(error, ""); // it comes again
    auto response = currentGeneration(group, holder);
    if (group.leader == holder.id && call.version >= kCanSkipAssignment) {
        // It leads, but all the others keep what they have.
        response.skipAssignment = true;
        for (const auto& member : group.members) {
            const Bytes* metadata = member->metadataFor(*group.protocol);
            response.members.push_back({member->id, member->instanceId, metadata ? *metadata : Bytes()});
        }
    } else if (group.leader == holder.id) {
        response.leader = formerId; // an older client would assign anew as leader and nobody would ask for the result
    }
    return response;
}

Answer<wire::JoinGroupResponse> GroupCoordinator::rejoin(Group& group, Member& member,
                                                         const wire::JoinGroupRequest& request, const Call& call) {
    const bool sameProtocols = member.protocols == protocolsOf(request);
    const bool leads = group.leader == member.id;
    if (sameProtocols &&
        (group.state == GroupState::completingRebalance || (group.state == GroupState::stable && !leads))) {
        // The answer to the first join was lost, or nothing changed: the generation stands.
        touch(group, member);
        return currentGeneration(group, member);
    }
    update(member, request, call);
    if (member.joining) member.joining->complete(refused(kUnknownMemberId, member.id));
    return park(group, member);
}

Answer<wire::JoinGroupResponse> GroupCoordinator::park(Group& group, Member& member) {
    const Pending<wire::JoinGroupResponse> pending;
    member.joining = pending;
    touch(group, member);
    if (group.state != GroupState::preparingRebalance) prepareRebalance(group);
    completeJoinIfAllAreHere(group);
    return pending;
}

wire::JoinGroupResponse GroupCoordinator::currentGeneration(const Group& group, const Member& member) const {
    wire::JoinGroupResponse response;
    response.generationId = group.generation;
    response.protocolType = group.protocolType;
    response.protocolName = group.protocol.value_or("");
    response.leader = group.leader.value_or("");
    response.memberId = member.id;
    if (group.leader == member.id && group.state == GroupState::completingRebalance) {
        for (const auto& other : group.members) {
            const Bytes* metadata = other->metadataFor(*group.protocol);
            response.members.push_back({other->id, other->instanceId, metadata ? *metadata : Bytes()});
        }
    }
    return response;
}

} // namespace millrace::broker
