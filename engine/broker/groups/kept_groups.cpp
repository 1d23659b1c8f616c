// The coordinator's way to the disk and back.
#include "broker/consumers/reconcile.h"
#include "broker/groups/group_coordinator.h"
#include "wire/error_code.h"

#include <algorithm>
#include <iterator>

namespace millrace::broker {

using namespace wire::error;
using namespace std::chrono_literals;

namespace {

constexpr auto kSyncDelay = 1s;

OffsetEntry entryOf(const std::string& group, const TopicPartition& where, const CommittedOffset& offset) {
    return {group,           where.first,       where.second,     offset.offset, offset.leaderEpoch,
            offset.metadata, offset.commitTime, offset.expireTime};
}

OffsetEntry endOf(const std::string& group, const TopicPartition& where) {
    return {group, where.first, where.second, -1, -1, {}, 0, -1};
}

/// They are told that they are unknown, give up what they have, and join anew. It must be durable before one does: the
/// next start would find those that are gone beside those that have come.
Status dismissAll(Group& group, EpochMs now, LiveJournal& journal, Log& log) {
    log.warning("",
                "group {}: its {} members are dismissed and join anew: the journal of groups is damaged and has "
                "given a partition to two of them",
                group.id, group.consumers->members.size());
    group.consumers->members.clear();
    ++group.consumers->epoch;
    group.emptySince = now;
    auto entries = encodedConsumers(group.id, changeBetween({}, *group.consumers), now, true);
    if (!entries) return entries.error();
    MILLRACE_TRY(journal.append(std::move(*entries)));
    return journal.sync();
}

bool nothingIsKeptOf(const std::pair<const std::string, Group>& entry) {
    return entry.second.offsets.empty() && entry.second.kept.empty() && entry.second.unstable.empty() &&
           !entry.second.consumers;
}

} // namespace

Status GroupCoordinator::open(FileSystem& disk, const std::filesystem::path& directory) {
    EntryReader learn;
    learn.offset = [this](OffsetEntry entry) {
        Group& group = groups_[entry.group];
        group.id = entry.group;
        group.lastCommit = std::max(group.lastCommit, entry.commitTime);
        const TopicPartition where(entry.topic, entry.partition);
        if (entry.offset < 0)
            group.offsets.erase(where);
        else
            group.offsets[where] = {entry.offset, entry.leaderEpoch, std::move(entry.metadata), entry.commitTime,
                                    entry.expireTime};
    };
    learn.group = [this](const GroupEntry& entry, const Bytes& content) {
        Group& group = groups_[entry.group];
        restore(group, entry);
        group.kept = entry.generation < 0 ? Bytes() : content;
    };
    learn.consumers = [this](const ConsumerEntry& entry) { restore(groups_[entry.group], entry); };
    auto journal = openGroupJournal(disk, directory / "offsets.journal", log_, learn);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    for (auto& [id, group] : groups_)
        if (group.consumers && givesTwice(*group.consumers))
            MILLRACE_TRY(dismissAll(group, clock_.epochMs(), *journal_, log_));
    std::erase_if(groups_, nothingIsKeptOf);
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
    std::erase_if(groups_, nothingIsKeptOf);
    MILLRACE_TRY(journal_->append(encodedOffsets(changed)));
    return journal_->sync();
}

Status GroupCoordinator::close() {
    return journal_->sync();
}

Status GroupCoordinator::commit(const std::string& groupId, const std::map<TopicPartition, CommittedOffset>& offsets) {
    if (offsets.empty()) return ok();
    std::vector<OffsetEntry> entries;
    for (const auto& [where, offset] : offsets)
        entries.push_back(entryOf(groupId, where, offset));
    MILLRACE_TRY(journal_->append(encodedOffsets(entries)));
    Group& group = obtain(groupId);
    for (const auto& [where, offset] : offsets) {
        group.offsets[where] = offset;
        group.lastCommit = std::max(group.lastCommit, offset.commitTime);
    }
    written();
    return ok();
}

void GroupCoordinator::syncCommitted(std::function<void(const Status&)> done) {
    if (journal_->shouldCompact()) journal_->compact(allThatCounts(), loop_, lanes_);
    journal_->sync(loop_, lanes_, std::move(done));
}

Status GroupCoordinator::forgetOffsets(Group& group, const std::set<TopicPartition>& which) {
    if (which.empty()) return ok();
    std::vector<OffsetEntry> entries;
    for (const TopicPartition& where : which)
        entries.push_back(endOf(group.id, where));
    MILLRACE_TRY(journal_->append(encodedOffsets(entries)));
    for (const TopicPartition& where : which)
        group.offsets.erase(where);
    written();
    return ok();
}

/// In one piece, so that what is refused has changed nothing.
Status GroupCoordinator::forget(Group& group) {
    std::vector<OffsetEntry> entries;
    for (const auto& [where, offset] : group.offsets)
        entries.push_back(endOf(group.id, where));
    auto contents = encodedOffsets(entries);
    if (!group.kept.empty() || group.consumers) {
        auto end = encodedGroup(endOf(group));
        if (!end) return end.error();
        contents.push_back(std::move(*end));
    }
    MILLRACE_TRY(journal_->append(std::move(contents)));
    group.offsets.clear();
    group.kept = {};
    group.consumers.reset();
    written();
    return ok();
}

std::int16_t GroupCoordinator::keep(Group& group) {
    auto content = encodedGroup(entryOf(group));
    Status kept = content ? journal_->append({*content}) : Status(content.error());
    if (!kept) {
        log_.error("", "group {}: its members cannot be kept: {}", group.id, kept.error().message);
        return kept.error().code == ErrorCode::outOfRange ? kUnknownServerError : kCoordinatorNotAvailable;
    }
    group.kept = Bytes(std::move(*content));
    written();
    return kNone;
}

void GroupCoordinator::written() {
    if (std::exchange(syncScheduled_, true)) return;
    clock_.after(kSyncDelay, [this] {
        syncScheduled_ = false;
        syncWritten();
    });
}

void GroupCoordinator::syncWritten() {
    syncCommitted([this](const Status& synced) {
        if (!synced) log_.error("", "groups and their committed offsets: {}", synced.error().message);
    });
}

/// A group that shares anew is still what it was before: what it will be is written when it is known.
LiveJournal::Contents GroupCoordinator::allThatCounts() const {
    std::vector<OffsetEntry> offsets;
    for (const auto& [id, group] : groups_)
        for (const auto& [where, offset] : group.offsets)
            offsets.push_back(entryOf(id, where, offset));
    auto contents = encodedOffsets(offsets);
    for (const auto& [id, group] : groups_)
        if (!group.kept.empty()) contents.emplace_back(group.kept.span().begin(), group.kept.span().end());
    for (const auto& [id, group] : groups_) {
        if (!group.consumers) continue;
        // No error: each of its members was written before.
        if (auto kept = encodedConsumers(id, changeBetween({}, *group.consumers), group.emptySince, true))
            std::move(kept->begin(), kept->end(), std::back_inserter(contents));
    }
    return contents;
}

} // namespace millrace::broker
