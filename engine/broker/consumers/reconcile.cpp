#include "broker/consumers/reconcile.h"

#include <algorithm>
#include <iterator>

namespace millrace::broker {

namespace {

using State = ConsumerMember::State;

PartitionIds common(const PartitionIds& a, const PartitionIds& b) {
    PartitionIds result;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
    return result;
}

PartitionIds without(const PartitionIds& a, const PartitionIds& b) {
    PartitionIds result;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
    return result;
}

/// Who does not say what it has may have all of it.
bool stillHas(const PartitionIds* owned, const PartitionIds& revoking) {
    return !owned || std::any_of(revoking.begin(), revoking.end(), [&](const auto& p) { return owned->contains(p); });
}

/// Takes out of `wanted` what others have, or have not said yet to have given up. Returns whether there was any.
bool leaveToOthers(PartitionIds& wanted, const ConsumerGroup& group, const std::string& memberId) {
    const std::size_t before = wanted.size();
    for (const auto& [id, other] : group.members) {
        if (wanted.empty()) break;
        if (id == memberId) continue;
        std::erase_if(wanted, [&, &other = *other](const PartitionId& partition) {
            return other.assigned.contains(partition) || other.revoking.contains(partition);
        });
    }
    return wanted.size() < before;
}

void come(ConsumerMember& member, std::int32_t epoch) {
    if (epoch == member.epoch) return;
    member.previousEpoch = std::exchange(member.epoch, epoch);
}

ConsumerMember next(const ConsumerGroup& group, ConsumerMember member, std::int32_t epoch, const PartitionIds* owned) {
    const PartitionIds kept = common(member.assigned, member.target);
    PartitionIds revoking = without(member.assigned, kept);
    PartitionIds wanted = without(member.target, kept);
    if (!revoking.empty() && stillHas(owned, revoking)) {
        member.state = State::unrevoked;
        come(member, epoch);
        member.assigned = kept;
        member.revoking = std::move(revoking);
        return member;
    }
    member.state = leaveToOthers(wanted, group, member.id) ? State::unreleased : State::stable;
    come(member, group.assignmentEpoch);
    member.assigned = kept;
    member.assigned.insert(wanted.begin(), wanted.end());
    member.revoking.clear();
    return member;
}

} // namespace

bool givesTwice(const ConsumerGroup& group) {
    PartitionIds given;
    for (const auto& [id, member] : group.members)
        for (const PartitionIds* some : {&member->assigned, &member->revoking})
            for (const PartitionId& partition : *some)
                if (!given.insert(partition).second) return true;
    return false;
}

ConsumerMember reconciled(const ConsumerGroup& group, ConsumerMember member, const PartitionIds* owned) {
    switch (member.state) {
    case State::stable:
        if (member.epoch == group.assignmentEpoch) return member;
        break;
    case State::unrevoked:
        if (stillHas(owned, member.revoking)) return member;
        // A step of its own, so that what it says of the time before is not taken for an answer to what comes now.
        return next(group, member, std::min(member.epoch + 1, group.assignmentEpoch), owned);
    case State::unreleased:
        break;
    }
    const std::int32_t epoch = member.epoch;
    return next(group, std::move(member), epoch, owned);
}

} // namespace millrace::broker
