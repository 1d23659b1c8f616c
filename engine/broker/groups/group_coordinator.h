#pragma once

#include "base/executor.h"
#include "base/log.h"
#include "base/random.h"
#include "broker/common/lanes.h"
#include "broker/common/live_journal.h"
#include "broker/consumers/judge_heartbeat.h"
#include "broker/consumers/topic_view.h"
#include "broker/groups/group.h"
#include "broker/groups/group_entries.h"
#include "broker/settings/broker_settings.h"
#include "wire/messages/consumer_group_heartbeat.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/txn_offset_commit.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace millrace::broker {

struct Call;

/// All consumer groups of the broker. Loop thread only; time comes from the clock it is given. States and rules of the
/// classic protocol as kafka.coordinator.group.GroupCoordinator has them (KIP-62, KIP-345, KIP-394), of the consumer
/// protocol (KIP-848) as in broker/consumers. A group changes from one to the other when nobody is in it.
class GroupCoordinator {
public:
    GroupCoordinator(const BrokerSettings& settings, const ClusterMetadata& metadata, Clock& clock, Executor& loop,
                     const Lanes& lanes, Random& random, Log& log)
        : settings_(settings),
          topics_(metadata),
          clock_(clock),
          loop_(loop),
          lanes_(lanes),
          random_(random),
          log_(log) {}

    /// Reads groups and committed offsets. May wait for the disk: before the loop serves.
    Status open(FileSystem& disk, const std::filesystem::path& directory);
    /// Where a partition ends; -1 when its topic is not there; nothing when it cannot be told.
    using LogEnd = std::function<std::optional<std::int64_t>(const TopicPartition&)>;
    /// Sets committed offsets that lie behind the end of their log back to it. May wait for the disk: once, between
    /// open() and the first record.
    Status bringBackTo(const LogEnd& logEnd);
    /// Gives the members that were read a session from now on: a restart of the broker is nothing that they notice.
    void startSessions();
    /// Syncs what was written. Loop and lanes are at rest.
    Status close();

    Answer<wire::JoinGroupResponse> join(const wire::JoinGroupRequest& request, const Call& call);
    Answer<wire::SyncGroupResponse> sync(const wire::SyncGroupRequest& request);
    std::int16_t heartbeat(const wire::HeartbeatRequest& request);
    /// Dynamic members by id, static ones by instance id (an empty member id removes whoever holds it).
    std::int16_t leave(const std::string& groupId, const std::string& memberId,
                       const std::optional<std::string>& instanceId);

    /// Of a member of the consumer protocol: it joins, goes on or leaves.
    wire::ConsumerGroupHeartbeatResponse heartbeat(const wire::ConsumerGroupHeartbeatRequest& request,
                                                   const Call& call);

    /// Whether the sender may commit; counts as a sign of life of a member of the classic protocol.
    std::int16_t checkCommit(const wire::OffsetCommitRequest& request, wire::Version version);
    /// Precondition: checkCommit() gave 0. All are kept or none.
    Status commit(const std::string& groupId, const std::map<TopicPartition, CommittedOffset>& offsets);
    /// The time that a commit made now is to bear, `wished` where it may: later than those of all commits of the group
    /// before it, also when the clock stands still or was set back, so that it can be told which of two came later.
    EpochMs commitTime(const std::string& groupId, EpochMs wished) const;
    Status forgetOffsets(Group& group, const std::set<TopicPartition>& which);
    /// Whether the sender may commit offsets in a transaction: as checkCommit(), but who names no member is not asked
    /// for one, and a rebalance under way does not matter (KIP-447).
    std::int16_t checkTransactionalCommit(const wire::TxnOffsetCommitRequest& request);
    /// Offsets of a transaction that is open wait to become the group's: until settle() is called as often, they are
    /// not stable, and the group stays. The group is made if there is none. `latest`: their latest commitTime, also of
    /// those that were awaited before.
    void await(const std::string& groupId, const std::set<TopicPartition>& which, EpochMs latest);
    /// What was awaited has become the group's, by commit(), or never will.
    void settle(const std::string& groupId, const std::set<TopicPartition>& which);
    /// `done` runs on the loop when all that was committed before the call is on stable storage, or cannot be put
    /// there.
    void syncCommitted(std::function<void(const Status&)> done);

    /// Null when there is none.
    Group* find(const std::string& groupId);
    const std::map<std::string, Group>& all() const { return groups_; }
    /// Why the group cannot be removed, by Kafka's error number: unknown, or not empty.
    std::int16_t whyItStays(const std::string& groupId);
    /// The same, and removes it where nothing speaks against it.
    std::int16_t remove(const std::string& groupId);
    /// Forgets what was committed for a topic that is gone; `done` runs on the loop when that is on stable storage
    /// (what fails is logged): a topic made anew under its name must not meet the offsets of the old one.
    void topicRemoved(const std::string& topic, std::function<void()> done);
    /// Forgets expired offsets (offset_expiry.h), and groups that have neither members nor offsets any more.
    void expire();

private:
    using JoinAnswer = Answer<wire::JoinGroupResponse>;
    using SyncAnswer = Answer<wire::SyncGroupResponse>;

    // join_group.cpp
    std::int16_t checkJoin(const wire::JoinGroupRequest& request, const Group* group) const;
    JoinAnswer joinNew(Group& group, const wire::JoinGroupRequest& request, const Call& call);
    JoinAnswer joinStatic(Group& group, Member& holder, const wire::JoinGroupRequest& request, const Call& call);
    JoinAnswer rejoin(Group& group, Member& member, const wire::JoinGroupRequest& request, const Call& call);
    JoinAnswer park(Group& group, Member& member);
    wire::JoinGroupResponse currentGeneration(const Group& group, const Member& member) const;
    std::string newMemberId(const std::string& prefix);

    // rebalance.cpp
    void prepareRebalance(Group& group);
    void completeJoinIfAllAreHere(Group& group);
    void completeJoin(Group& group, bool timeIsUp);
    void joinTimeIsUp(const std::string& groupId);
    void syncTimeIsUp(const std::string& groupId, std::int32_t generation);
    void removeMember(Group& group, Member& member);
    void memberIsGone(Group& group);
    void nobodyComes(Group& group);
    void touch(Group& group, Member& member);
    void checkSession(const std::string& groupId, const std::string& memberId);
    void announce(Group& group, const std::string& memberId, std::chrono::milliseconds timeout);
    void becomeEmpty(Group& group);

    // sync_group.cpp
    SyncAnswer share(Group& group, Member& leader, const wire::SyncGroupRequest& request);

    // consumer_heartbeat.cpp
    /// What is to become of the group: written down, then true. Kafka's error number when it cannot be written.
    std::int16_t adopt(const std::string& groupId, ConsumerGroup next);
    void becomeConsumers(Group& group);
    void becomeClassic(Group& group);
    void watch(Group& group, const ConsumerMember& member);
    void unwatch(Group& group, const std::string& memberId);
    void checkConsumer(const std::string& groupId, const std::string& memberId);
    void revocationTimeIsUp(const std::string& groupId, const std::string& memberId);
    void removeConsumer(Group& group, const std::string& memberId);

    // kept_groups.cpp
    /// Writes down who is in the group and what each has. Kafka's error number when that cannot be done.
    std::int16_t keep(Group& group);
    /// The end of the group and of all its offsets.
    Status forget(Group& group);
    void written();
    void syncWritten();
    LiveJournal::Contents allThatCounts() const;

    /// The group, new and empty if there was none: for who puts something into it at once.
    Group& obtain(const std::string& groupId);
    /// Removes a group that nobody has been in and of which nothing is left: no id given out, no offset. `group` is
    /// gone then. What has been a group once stays until it expires or is deleted.
    void removeIfNeverUsed(Group& group);

    const BrokerSettings& settings_;
    TopicView topics_;
    Clock& clock_;
    Executor& loop_;
    Lanes lanes_;
    Random& random_;
    Log& log_;
    std::map<std::string, Group> groups_;
    std::unique_ptr<LiveJournal> journal_;
    bool syncScheduled_ = false;
};

} // namespace millrace::broker
