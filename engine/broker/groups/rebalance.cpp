#include "broker/groups/group_coordinator.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;
using namespace std::chrono_literals;

namespace {
// A member that has never been in a generation and whose client is gone must not wait in the join for ever.
constexpr auto kNewMemberJoinLimit = 5min;

void failSync(Member& member, std::int16_t error) {
    if (!member.syncing) return;
    wire::SyncGroupResponse response;
    response.errorCode = error;
    std::exchange(member.syncing, std::nullopt)->complete(std::move(response));
}
} // namespace

void GroupCoordinator::touch(Group& group, Member& member) {
    const auto timeout = member.neverIn && member.joining
                             ? std::max<std::chrono::milliseconds>(kNewMemberJoinLimit, member.sessionTimeout)
                             : member.sessionTimeout;
    const auto before = std::exchange(member.deadline, clock_.now() + timeout);
    // Heartbeats only move the deadline; the timer finds out when it fires. It is set anew only when it would be late.
    if (member.session != 0 && member.deadline >= before) return;
    clock_.cancel(member.session);
    member.session = clock_.at(member.deadline, [this, group = group.id, id = member.id] { checkSession(group, id); });
}

void GroupCoordinator::checkSession(const std::string& groupId, const std::string& memberId) {
    Group* group = find(groupId);
    Member* member = group ? group->find(memberId) : nullptr;
    if (!member) return;
    member->session = 0;
    const bool waits = member->syncing || (member->joining && !member->neverIn);
    if (waits) return touch(*group, *member); // it hears from us, not we from it
    if (clock_.now() < member->deadline) {
        member->session = clock_.at(member->deadline, [this, groupId, memberId] { checkSession(groupId, memberId); });
        return;
    }
    log_.info("", "group {}: member {} was silent for {} ms and is removed", groupId, memberId,
              member->sessionTimeout.count());
    removeMember(*group, *member);
    memberIsGone(*group);
}

void GroupCoordinator::announce(Group& group, const std::string& memberId, std::chrono::milliseconds timeout) {
    group.announced[memberId] = clock_.after(timeout, [this, groupId = group.id, memberId] {
        Group* group = find(groupId);
        if (!group || group->announced.erase(memberId) == 0) return;
        nobodyComes(*group);
    });
}

void GroupCoordinator::prepareRebalance(Group& group) {
    for (const auto& member : group.members) {
        failSync(*member, kRebalanceInProgress);
        member->assign({}, false);
        member->synced = false;
    }
    clock_.cancel(std::exchange(group.rebalance, 0));
    group.initialDelay = group.state == GroupState::empty && settings_.initialRebalanceDelay > 0ms;
    group.state = GroupState::preparingRebalance;
    const auto limit = group.rebalanceTimeout();
    const auto delay = group.initialDelay ? std::min(settings_.initialRebalanceDelay, limit) : limit;
    group.joinedInDelay = false;
    group.delayLimit = clock_.now() + limit;
    group.rebalance = clock_.after(delay, [this, id = group.id] { joinTimeIsUp(id); });
}

void GroupCoordinator::completeJoinIfAllAreHere(Group& group) {
    if (group.state != GroupState::preparingRebalance || group.initialDelay || !group.announced.empty()) return;
    if (std::all_of(group.members.begin(), group.members.end(), [](const auto& m) { return m->joining.has_value(); }))
        completeJoin(group, false);
}

void GroupCoordinator::joinTimeIsUp(const std::string& groupId) {
    Group* group = find(groupId);
    if (!group || group->state != GroupState::preparingRebalance) return;
    if (group->initialDelay && std::exchange(group->joinedInDelay, false) && clock_.now() < group->delayLimit) {
        const auto next = std::min(clock_.now() + settings_.initialRebalanceDelay, group->delayLimit);
        group->rebalance = clock_.at(next, [this, groupId] { joinTimeIsUp(groupId); });
        return;
    }
    group->rebalance = 0;
    group->initialDelay = false;
    completeJoin(*group, true);
}

void GroupCoordinator::completeJoin(Group& group, bool timeIsUp) {
    clock_.cancel(std::exchange(group.rebalance, 0));
    if (timeIsUp) {
        // Static members may come back within their session; dynamic ones had their chance.
        for (std::size_t i = group.members.size(); i-- > 0;)
            if (!group.members[i]->joining && !group.members[i]->instanceId) removeMember(group, *group.members[i]);
        const bool nobody = std::none_of(group.members.begin(), group.members.end(),
                                         [](const auto& m) { return m->joining.has_value(); });
        if (!group.members.empty() && nobody) {
            group.rebalance = clock_.after(group.rebalanceTimeout(), [this, id = group.id] { joinTimeIsUp(id); });
            return;
        }
    }
    group.generation = group.generation == INT32_MAX ? 1 : group.generation + 1;
    if (group.members.empty()) return becomeEmpty(group);
    const auto rejoined = [](const auto& member) { return member->joining.has_value(); };
    Member* leader = group.leader ? group.find(*group.leader) : nullptr;
    if (!leader || !leader->joining) {
        group.leader = (*std::find_if(group.members.begin(), group.members.end(), rejoined))->id;
    }
    group.protocol = group.electProtocol();
    group.state = GroupState::completingRebalance;
    group.rebalance = clock_.after(group.rebalanceTimeout(), [this, id = group.id, generation = group.generation] {
        syncTimeIsUp(id, generation);
    });
    std::vector<std::pair<Pending<wire::JoinGroupResponse>, wire::JoinGroupResponse>> answers;
    for (const auto& member : group.members) {
        if (!member->joining) continue;
        answers.emplace_back(*std::exchange(member->joining, std::nullopt), currentGeneration(group, *member));
        member->neverIn = false;
        clock_.cancel(std::exchange(member->session, 0)); // may stand at the long limit of a new member
        touch(group, *member);
    }
    for (auto& [pending, response] : answers)
        pending.complete(std::move(response));
}

void GroupCoordinator::syncTimeIsUp(const std::string& groupId, std::int32_t generation) {
    Group* group = find(groupId);
    if (!group || group->generation != generation || group->state == GroupState::preparingRebalance) return;
    group->rebalance = 0;
    bool removed = false;
    for (std::size_t i = group->members.size(); i-- > 0;) {
        if (group->members[i]->synced) continue;
        log_.info("", "group {}: member {} did not ask for its assignment in time and is removed", groupId,
                  group->members[i]->id);
        removeMember(*group, *group->members[i]);
        removed = true;
    }
    if (removed) memberIsGone(*group);
}

void GroupCoordinator::removeMember(Group& group, Member& member) {
    clock_.cancel(member.session);
    if (member.joining) {
        wire::JoinGroupResponse response;
        response.errorCode = kUnknownMemberId;
        response.memberId = member.id;
        response.protocolName = "";
        member.joining->complete(std::move(response));
    }
    failSync(member, kUnknownMemberId);
    if (group.leader == member.id) group.leader.reset();
    std::erase_if(group.members, [&](const auto& m) { return m.get() == &member; });
}

/// After members were removed: who is left shares anew.
void GroupCoordinator::memberIsGone(Group& group) {
    switch (group.state) {
    case GroupState::stable:
    case GroupState::completingRebalance:
        prepareRebalance(group);
        [[fallthrough]];
    case GroupState::preparingRebalance:
        completeJoinIfAllAreHere(group);
        break;
    case GroupState::empty:
    case GroupState::dead:
        break;
    }
}

/// The owner of an announced id does not come: a join that waited for it goes on. Nobody has to share anew, for it had
/// no share. `group` may be gone afterwards.
void GroupCoordinator::nobodyComes(Group& group) {
    if (group.state == GroupState::preparingRebalance)
        completeJoinIfAllAreHere(group);
    else
        removeIfNeverUsed(group);
}

void GroupCoordinator::becomeEmpty(Group& group) {
    group.state = GroupState::empty;
    group.protocol.reset();
    group.leader.reset();
    group.emptySince = clock_.epochMs();
    (void)keep(group); // or the next start finds the members it had, until their sessions are over
}

} // namespace millrace::broker
