#include "broker/groups/group_coordinator.h"

#include "broker/groups/offset_expiry.h"
#include "wire/error_code.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

Group* GroupCoordinator::find(const std::string& groupId) {
    const auto it = groups_.find(groupId);
    return it == groups_.end() ? nullptr : &it->second;
}

Group& GroupCoordinator::obtain(const std::string& groupId) {
    const auto [it, isNew] = groups_.try_emplace(groupId);
    if (isNew) {
        it->second.id = groupId;
        it->second.emptySince = clock_.epochMs();
    }
    return it->second;
}

void GroupCoordinator::removeIfNeverUsed(Group& group) {
    if (!group.deserted() || group.generation > 0 || group.consumers || !group.offsets.empty() ||
        !group.unstable.empty())
        return;
    clock_.cancel(group.rebalance);
    groups_.erase(groups_.find(group.id));
}

EpochMs GroupCoordinator::commitTime(const std::string& groupId, EpochMs wished) const {
    const auto it = groups_.find(groupId);
    return it == groups_.end() ? wished : std::max(wished, it->second.lastCommit + 1);
}

void GroupCoordinator::await(const std::string& groupId, const std::set<TopicPartition>& which, EpochMs latest) {
    Group& group = obtain(groupId);
    group.lastCommit = std::max(group.lastCommit, latest);
    for (const TopicPartition& where : which)
        ++group.unstable[where];
}

void GroupCoordinator::settle(const std::string& groupId, const std::set<TopicPartition>& which) {
    Group* group = find(groupId);
    if (!group) return; // deleted meanwhile
    for (const TopicPartition& where : which)
        if (const auto it = group->unstable.find(where); it != group->unstable.end() && --it->second == 0)
            group->unstable.erase(it);
    removeIfNeverUsed(*group);
}

void GroupCoordinator::startSessions() {
    for (auto& [id, group] : groups_) {
        for (const auto& member : group.members)
            touch(group, *member);
        if (!group.consumers) continue;
        for (const auto& [memberId, member] : group.consumers->members)
            watch(group, *member);
    }
}

std::int16_t GroupCoordinator::whyItStays(const std::string& groupId) {
    const Group* group = find(groupId);
    if (!group) return kGroupIdNotFound;
    return group->deserted() ? kNone : kNonEmptyGroup;
}

std::int16_t GroupCoordinator::remove(const std::string& groupId) {
    if (const auto error = whyItStays(groupId)) return error;
    Group* group = find(groupId);
    if (auto status = forget(*group); !status) {
        log_.error("", "group {} cannot be removed: {}", groupId, status.error().message);
        return kCoordinatorNotAvailable;
    }
    clock_.cancel(group->rebalance);
    groups_.erase(groups_.find(groupId));
    return kNone;
}

void GroupCoordinator::topicRemoved(const std::string& topic, std::function<void()> done) {
    bool any = false;
    for (auto& [id, group] : groups_) {
        std::set<TopicPartition> gone;
        for (const auto& [where, offset] : group.offsets)
            if (where.first == topic) gone.insert(where);
        any = any || !gone.empty();
        if (auto status = forgetOffsets(group, gone); !status)
            log_.error("", "group {}: offsets of topic {} stay: {}", id, topic, status.error().message);
    }
    if (!any) return done();
    journal_->sync(loop_, lanes_, [this, topic, done = std::move(done)](const Status& synced) {
        if (!synced) log_.error("", "offsets of topic {}, which is gone: {}", topic, synced.error().message);
        done();
    });
}

void GroupCoordinator::expire() {
    for (auto next = groups_.begin(); next != groups_.end();) {
        Group& group = (next++)->second; // it may go
        const auto expired = expiredOffsets(group, clock_.epochMs(), settings_.offsetsRetention);
        const bool goes = group.state == GroupState::empty && group.deserted() && group.unstable.empty() &&
                          expired.size() == group.offsets.size();
        if (goes) {
            log_.info("",
                      "group {} has no members, and its offsets are older than offsets.retention.minutes or were "
                      "deleted: it is removed",
                      group.id);
            (void)remove(std::string(group.id));
            continue;
        }
        if (auto status = forgetOffsets(group, expired); !status)
            log_.error("", "group {}: expired offsets stay: {}", group.id, status.error().message);
    }
}

} // namespace millrace::broker
