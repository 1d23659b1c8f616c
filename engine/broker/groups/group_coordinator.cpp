#include "broker/groups/group_coordinator.h"

#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;
using namespace std::chrono_literals;

namespace {

constexpr auto kSyncDelay = 1s;

OffsetEntry entryOf(const std::string& group, const TopicPartition& where, const CommittedOffset& offset) {
    return {group, where.first, where.second, offset.offset, offset.leaderEpoch, offset.metadata, offset.commitTime};
}

OffsetEntry endOf(const std::string& group, const TopicPartition& where) {
    return {group, where.first, where.second, -1, -1, {}, 0};
}

} // namespace

Status GroupCoordinator::open(FileSystem& disk, const std::filesystem::path& directory) {
    auto journal = OffsetJournal::open(disk, directory / "offsets.journal", log_, [this](OffsetEntry entry) {
        Group& group = groups_[entry.group];
        group.id = entry.group;
        group.emptySince = clock_.epochMs();
        const TopicPartition where(entry.topic, entry.partition);
        if (entry.offset < 0)
            group.offsets.erase(where);
        else
            group.offsets[where] = {entry.offset, entry.leaderEpoch, std::move(entry.metadata), entry.commitTime};
    });
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    std::erase_if(groups_, [](const auto& entry) { return entry.second.offsets.empty(); });
    for (const auto& [id, group] : groups_)
        liveOffsets_ += group.offsets.size();
    return ok();
}

/// What was produced with acks 0 or 1 may go in a power cut, while the commit that followed it has reached the disk:
/// the system writes the two files back in an order of its own. Kafka's rule is that a group skips nothing. With the
/// offset left where it is, the records that take the lost offsets later would be skipped in silence; at the end of the
/// log the group goes on with exactly those. It must be durable before there are such records: after the next crash the
/// log may have grown beyond the old offset.
Status GroupCoordinator::bringBackTo(const LogEnd& logEnd) {
    std::vector<OffsetEntry> changed;
    for (auto& [id, group] : groups_) {
        for (auto it = group.offsets.begin(); it != group.offsets.end();) {
            auto& [where, offset] = *it;
            const auto end = logEnd(where);
            if (!end || offset.offset <= *end) {
                ++it;
                continue;
            }
            if (*end < 0) {
                changed.push_back(endOf(id, where));
                it = group.offsets.erase(it);
                --liveOffsets_;
                continue;
            }
            log_.warning("", "group {}: offset {} of {}-{} is set back to {}, where the log ends after a crash", id,
                         offset.offset, where.first, where.second, *end);
            offset.offset = *end;
            changed.push_back(entryOf(id, where, offset));
            ++it;
        }
    }
    if (changed.empty()) return ok();
    std::erase_if(groups_, [](const auto& entry) { return entry.second.offsets.empty(); });
    MILLRACE_TRY(journal_->append(changed));
    return journal_->sync();
}

Status GroupCoordinator::close() {
    return journal_->sync();
}

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

void GroupCoordinator::removeIfUnused(Group& group) {
    if (!group.members.empty() || !group.announced.empty() || !group.offsets.empty()) return;
    clock_.cancel(group.rebalance);
    groups_.erase(groups_.find(group.id));
}

Status GroupCoordinator::commit(const std::string& groupId, const std::map<TopicPartition, CommittedOffset>& offsets) {
    if (offsets.empty()) return ok();
    std::vector<OffsetEntry> entries;
    for (const auto& [where, offset] : offsets)
        entries.push_back(entryOf(groupId, where, offset));
    MILLRACE_TRY(journal_->append(entries));
    Group& group = obtain(groupId);
    liveOffsets_ -= group.offsets.size();
    for (const auto& [where, offset] : offsets)
        group.offsets[where] = offset;
    liveOffsets_ += group.offsets.size();
    if (group.members.empty()) group.emptySince = clock_.epochMs(); // a standalone consumer shows that it lives
    offsetsWritten();
    return ok();
}

Status GroupCoordinator::forgetOffsets(Group& group, const std::set<TopicPartition>& which) {
    std::vector<OffsetEntry> entries;
    for (const TopicPartition& where : which)
        entries.push_back(endOf(group.id, where));
    MILLRACE_TRY(journal_->append(entries));
    for (const TopicPartition& where : which)
        liveOffsets_ -= group.offsets.erase(where);
    offsetsWritten();
    return ok();
}

void GroupCoordinator::offsetsWritten() {
    if (std::exchange(syncScheduled_, true)) return;
    clock_.after(kSyncDelay, [this] {
        syncScheduled_ = false;
        syncOffsets();
    });
}

void GroupCoordinator::syncOffsets() {
    if (journal_->shouldCompact(liveOffsets_)) {
        std::vector<OffsetEntry> live;
        live.reserve(liveOffsets_);
        for (const auto& [id, group] : groups_)
            for (const auto& [where, offset] : group.offsets)
                live.push_back(entryOf(id, where, offset));
        journal_->compact(live, loop_, lanes_);
    }
    journal_->sync(loop_, lanes_, [this](const Status& synced) {
        if (!synced) log_.error("", "committed offsets: {}", synced.error().message);
    });
}

std::int16_t GroupCoordinator::remove(const std::string& groupId) {
    Group* group = find(groupId);
    if (!group) return kGroupIdNotFound;
    if (!group->members.empty() || !group->announced.empty()) return kNonEmptyGroup;
    std::set<TopicPartition> all;
    for (const auto& [where, offset] : group->offsets)
        all.insert(where);
    if (auto status = forgetOffsets(*group, all); !status) {
        log_.error("", "group {} cannot be removed: {}", groupId, status.error().message);
        return kCoordinatorNotAvailable;
    }
    removeIfUnused(*group);
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

void GroupCoordinator::expireOffsets() {
    const EpochMs before = clock_.epochMs() - settings_.offsetsRetention.count();
    for (auto next = groups_.begin(); next != groups_.end();) {
        Group& group = (next++)->second; // it may go
        const bool expired = group.members.empty() && group.announced.empty() && group.emptySince < before;
        if (expired && !group.offsets.empty()) {
            log_.info("", "group {} was empty for longer than offsets.retention.minutes and is removed", group.id);
            (void)remove(std::string(group.id));
        } else {
            removeIfUnused(group);
        }
    }
}

} // namespace millrace::broker
