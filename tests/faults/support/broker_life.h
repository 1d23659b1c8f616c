#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/power_cut_disk.h"
#include "wire/error_code.h"
#include "wire/messages/consumer_group_heartbeat.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/join_group.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/produce.h"
#include "wire/messages/sync_group.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace millrace::broker::testing {

using namespace std::chrono_literals;
using test::PowerCutDisk;
using wire::error::kNone;

inline constexpr const char* kData = "/data";

inline constexpr const char* kGroup = "members";
inline constexpr const char* kConsumers = "consumers"; ///< of the consumer protocol

/// What its member was given in a generation.
inline Bytes givenIn(std::int32_t generation) {
    return Bytes::copyOf("given in " + std::to_string(generation));
}

/// What the broker has answered, and what it was asked and has not.
struct Told {
    std::map<std::int64_t, std::string> acked; ///< of topic "t", by offset
    std::int32_t sequence = 0;                 ///< of the next batch
    std::int64_t deletedUpTo = 0;
    std::int64_t committed = -1;         ///< answered, and on stable storage
    std::int32_t generation = -1;        ///< of group "members"; likewise
    bool groupIsGone = false;            ///< likewise
    std::int32_t consumersEpoch = -1;    ///< of group "consumers"; likewise
    std::set<int> committedTransactions; ///< by number; see transactions_of.h
    std::set<int> abortedTransactions;
    int transactions = 0;                       ///< how many were begun
    std::map<std::string, std::int32_t> topics; ///< how many partitions each must have; none: it must not be there
};

/// One life of a broker over a disk.
class Life {
public:
    Life(PowerCutDisk& disk, Told& told) : disk_(disk), told_(told) {}

    Status open() {
        auto settings = BrokerSettings::from({}, silentLog());
        if (!settings) return settings.error();
        auto core = BrokerCore::open(std::move(*settings), kData,
                                     {disk_, loop_, {io_, io_, slow_}, loop_, random_, silentLog()});
        if (!core) return core.error();
        core_ = std::move(*core);
        settle();
        return ok();
    }
    void settle() {
        while (loop_.drain() + io_.drain() + slow_.drain() > 0) {
        }
    }
    void advance(std::chrono::milliseconds delta) {
        settle();
        loop_.advance(delta);
        settle();
    }
    template <typename Request, typename Response>
    Asked<Response> get(Answer<Response> (*handler)(const Request&, const Call&, Context&), const Request& request,
                        wire::Version version) {
        const Call call{version, "test",
                        std::make_shared<ConnectionState>(ConnectionState{"127.0.0.1", "127.0.0.1", 9092})};
        auto asked = Asked<Response>::of(handler(request, call, core_->context()));
        settle();
        return asked;
    }

    /// One batch of one record, "v<sequence>", of an idempotent producer. Returns its offset, or -1.
    std::int64_t send(std::int32_t sequence, std::int16_t acks = -1) {
        wire::BatchOptions options;
        options.producerId = 1;
        options.producerEpoch = 0;
        options.baseSequence = sequence;
        wire::Record record;
        record.timestamp = 1'700'000'000'000;
        record.value = Bytes::copyOf("v" + std::to_string(sequence));
        wire::ProduceRequest request;
        request.acks = acks;
        request.topicData.push_back({"t", {{0, *wire::buildBatch({&record, 1}, options)}}});
        const auto asked = get(produce, request, 9);
        if (!asked.answered()) return -1;
        const auto& answer = asked->responses.at(0).partitionResponses.at(0);
        return answer.errorCode == kNone ? answer.baseOffset : -1;
    }
    void produceSome(int count) {
        for (int i = 0; i < count; ++i) {
            const std::int64_t offset = send(told_.sequence);
            if (offset < 0) return;
            told_.acked[offset] = "v" + std::to_string(told_.sequence++);
        }
    }
    bool commit(std::int64_t offset, std::size_t noteBytes = 0) {
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        topic.partitions.push_back({0, offset, 0, std::string(noteBytes, 'n')});
        const auto asked = get(offsetCommit, request, 7);
        return asked.answered() && asked->topics.at(0).partitions.at(0).errorCode == kNone;
    }
    /// A commit, and the sync that follows it soon.
    void commitForGood(std::int64_t offset) {
        if (commit(offset) && isSyncedSoon()) told_.committed = offset;
    }
    /// A new generation of group "members", which has one: it asks to be in, and says what it gets.
    bool share(std::size_t metadataBytes = 1) {
        told_.groupIsGone = false;
        wire::JoinGroupRequest join;
        join.groupId = kGroup;
        join.sessionTimeoutMs = join.rebalanceTimeoutMs = 300'000;
        join.memberId = memberId_;
        join.protocolType = "consumer";
        join.protocols.push_back({"range", Bytes(std::vector<std::uint8_t>(metadataBytes, 'm'))});
        constexpr wire::Version kAtOnce = 3, kSync = 2;
        const auto joined = get(joinGroup, join, kAtOnce);
        if (!joined.answered() || joined->errorCode != kNone) return false;
        memberId_ = joined->memberId;
        generation_ = joined->generationId;
        wire::SyncGroupRequest sync;
        sync.groupId = kGroup;
        sync.generationId = generation_;
        sync.memberId = memberId_;
        sync.assignments.push_back({memberId_, givenIn(generation_)});
        return get(syncGroup, sync, kSync)->errorCode == kNone;
    }
    void shareForGood() {
        if (share() && isSyncedSoon()) told_.generation = generation_;
    }
    /// The member leaves, and the group is deleted.
    void endGroupForGood() {
        told_.generation = -1;
        wire::LeaveGroupRequest leave;
        leave.groupId = kGroup;
        leave.memberId = std::exchange(memberId_, {});
        wire::DeleteGroupsRequest remove;
        remove.groupsNames = {kGroup};
        const bool done = get(leaveGroup, leave, 2)->errorCode == kNone &&
                          get(deleteGroups, remove, 2)->results.at(0).errorCode == kNone;
        if (done && isSyncedSoon()) told_.groupIsGone = true;
    }
    /// A member of group "consumers" that reads topic "u" joins or goes on, and does what it is told.
    bool beat(const std::string& member) {
        Consumer& consumer = consumers_[member];
        wire::ConsumerGroupHeartbeatRequest request;
        request.groupId = kConsumers;
        request.memberId = member;
        request.memberEpoch = consumer.epoch;
        request.rebalanceTimeoutMs = 300'000;
        request.subscribedTopicNames = {"u"};
        request.topicPartitions = consumer.owned;
        const auto asked = get(consumerGroupHeartbeat, request, 1);
        if (asked->errorCode != kNone) return false;
        consumer = {asked->memberEpoch, {}};
        for (const auto& topic : asked->assignment->topicPartitions)
            consumer.owned.push_back({topic.topicId, topic.partitions});
        return true;
    }
    /// They share the topic anew, until all are at rest.
    void shareAmongForGood(const std::vector<std::string>& members) {
        bool done = true;
        for (int round = 0; round < 4; ++round)
            for (const std::string& member : members)
                done = beat(member) && done;
        if (done && isSyncedSoon()) told_.consumersEpoch = consumers_[members.front()].epoch;
    }
    void deleteUpTo(std::int64_t offset) {
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, offset}}});
        const auto asked = get(deleteRecords, request, 2);
        if (asked.answered() && asked->topics.at(0).partitions.at(0).errorCode == kNone) told_.deletedUpTo = offset;
    }
    /// Until it is answered the topic may be as it was or as it is to be. One that is refused stays as it was.
    void change(TopicChange change, std::int32_t partitionsAfter) {
        const std::string topic = change.topic();
        const auto there = core_->context().metadata.find(topic);
        const auto before = there ? there->partitionCount() : 0;
        told_.topics.erase(topic);
        core_->context().topics.change({std::move(change)}, [&](const std::vector<TopicOutcome>& outcomes) {
            if (outcomes.at(0).error == kNone)
                told_.topics[topic] = partitionsAfter;
            else if (disk_.hasPower())
                told_.topics[topic] = before;
        });
        settle();
    }
    void makeTopic(const std::string& topic, std::int32_t partitions, ConfigMap configs = {}) {
        change({CreateTopic{topic, partitions, std::move(configs)}}, partitions);
    }
    BrokerCore& core() { return *core_; }
    Told& told() { return told_; }
    Partition* partition() {
        const auto topic = core_->context().metadata.find("t");
        return topic ? core_->context().replicas.find(topic->id, 0).get() : nullptr;
    }

private:
    struct Consumer {
        std::int32_t epoch = 0;
        std::vector<wire::ConsumerGroupHeartbeatRequest::TopicPartitions> owned;
    };
    /// Waits until what was written before must be on stable storage; false: it may not be.
    bool isSyncedSoon() {
        const int before = disk_.syncs();
        advance(3s);
        return disk_.hasPower() && disk_.syncs() > before && !disk_.syncFailedSince(before);
    }

    PowerCutDisk& disk_;
    Told& told_;
    ManualExecutor loop_, io_, slow_;
    SeededRandom random_{7};
    std::string memberId_; ///< of the one in group "members"
    std::int32_t generation_ = -1;
    std::map<std::string, Consumer> consumers_; ///< of group "consumers"
    std::unique_ptr<BrokerCore> core_;
};

} // namespace millrace::broker::testing
