#pragma once

#include "broker/consumers/reconcile.h"
#include "faults/support/broker_life.h"
#include "faults/support/transactions_of.h"
#include "wire/messages/heartbeat.h"
#include "wire/record_reader.h"

#include <QString>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace millrace::broker::testing {

/// Every record of "t", by offset; an offset that is there twice or out of order ends it with an empty map.
inline Result<std::map<std::int64_t, std::string>> recordsOf(const storage::PartitionLog& log) {
    std::map<std::int64_t, std::string> records;
    for (std::int64_t offset = log.logStart(); offset < log.nextOffset();) {
        auto read = log.readCold(offset, 1 << 20);
        if (!read) return read.error();
        if (read->sizeBytes == 0) return Error{ErrorCode::corrupt, "nothing at " + std::to_string(offset)};
        for (const Bytes& piece : read->pieces) {
            for (std::size_t at = 0; at < piece.size();) {
                auto reader = wire::RecordReader::open(piece.slice(at));
                if (!reader) return reader.error();
                at += reader->header().sizeBytes;
                for (auto record = reader->next(); record && *record; record = reader->next()) {
                    if ((*record)->offset < log.logStart()) continue;
                    if ((*record)->offset != offset) return Error{ErrorCode::corrupt, "an offset twice or left out"};
                    records[offset++] = std::string((*record)->value->text());
                }
            }
        }
    }
    return records;
}

inline QString wrongRecords(Life& life, const Told& told, bool retention) {
    Partition* partition = life.partition();
    if (!partition) return "topic t is not there";
    const auto& log = partition->log();
    const auto records = recordsOf(log);
    if (!records) return QString::fromStdString(records.error().message);
    if (log.logStart() < told.deletedUpTo) return "deleted records are back";
    if (!retention && told.deletedUpTo == 0 && log.logStart() > 11) return "records went that nobody deleted";
    std::set<std::string> seen;
    for (const auto& [offset, value] : *records)
        if (!seen.insert(value).second) return QString("%1 is there twice").arg(QString::fromStdString(value));
    for (const auto& [offset, value] : told.acked) {
        if (offset < log.logStart()) continue;
        const auto found = records->find(offset);
        if (found == records->end() || found->second != value)
            return QString("acked record %1 is lost").arg(QString::fromStdString(value));
    }
    return {};
}

inline QString wrongOffsets(Life& life, const Told& told) {
    const Group* group = life.core().context().groups.find("g");
    const auto offset = group ? group->offsets.find({"t", 0}) : decltype(group->offsets.end()){};
    const std::int64_t committed = group && offset != group->offsets.end() ? offset->second.offset : -1;
    if (committed > life.partition()->log().nextOffset()) return "a committed offset lies behind the end of the log";
    if (committed < told.committed) return QString("commit of %1 is lost").arg(told.committed);
    return {};
}

inline QString wrongGroup(Life& life, const Told& told) {
    const Group* group = life.core().context().groups.find(kGroup);
    if (told.groupIsGone) return group ? "a deleted group is back" : QString();
    if (!group || group->generation < told.generation)
        return told.generation < 0 ? QString() : QString("generation %1 of the group is lost").arg(told.generation);
    if (group->members.empty()) return told.generation < 0 ? QString() : "the member of the group is lost";
    const Member& member = *group->members.front();
    if (!(member.assignment == givenIn(group->generation))) return "the member has what it had in another generation";
    wire::HeartbeatRequest request;
    request.groupId = kGroup;
    request.memberId = member.id;
    request.generationId = group->generation;
    return life.get(heartbeat, request, 2)->errorCode == kNone ? QString() : "the member is not known";
}

inline QString wrongConsumers(Life& life, const Told& told) {
    if (told.consumersEpoch < 0) return {};
    const Group* group = life.core().context().groups.find(kConsumers);
    if (!group || !group->consumers) return "the group of consumers is lost";
    if (group->consumers->epoch < told.consumersEpoch)
        return QString("epoch %1 of the group of consumers is lost").arg(told.consumersEpoch);
    if (group->consumers->members.empty()) return "the consumers are lost";
    if (givesTwice(*group->consumers)) return "two consumers have one partition";
    const auto& [id, member] = *group->consumers->members.begin();
    wire::ConsumerGroupHeartbeatRequest request;
    request.groupId = kConsumers;
    request.memberId = id;
    request.memberEpoch = member->epoch;
    if (life.get(consumerGroupHeartbeat, request, 1)->errorCode != kNone) return "a consumer is not known";
    return {};
}

inline QString wrongTopics(Life& life, const PowerCutDisk& disk, const Told& told) {
    const Context& context = life.core().context();
    for (const auto& [name, count] : told.topics) {
        const auto topic = context.metadata.find(name);
        const auto found = topic ? topic->partitionCount() : 0;
        if (found != count)
            return QString("topic %1 has %2 partitions, not %3")
                .arg(QString::fromStdString(name))
                .arg(found)
                .arg(count);
    }
    std::vector<std::string> directories;
    for (const auto& [name, topic] : context.metadata.all())
        for (const auto& [index, replica] : context.replicas.of(topic->id))
            directories.push_back(name + "-" + std::to_string(index));
    std::sort(directories.begin(), directories.end());
    if (disk.directoriesIn(kData) != directories) return "directories are left that belong to no topic";
    return {};
}

/// What does not hold after a start on what the power cut has left; empty when all does.
inline QString wrongAfter(PowerCutDisk& disk, Told told, bool retention) {
    Life life(disk, told);
    if (auto opened = life.open(); !opened)
        return QString::fromStdString("it does not start: " + opened.error().message);
    QString wrong = wrongRecords(life, told, retention);
    if (wrong.isEmpty()) wrong = wrongOffsets(life, told);
    if (wrong.isEmpty()) wrong = wrongGroup(life, told);
    if (wrong.isEmpty()) wrong = wrongConsumers(life, told);
    if (wrong.isEmpty()) wrong = wrongTopics(life, disk, told);
    if (wrong.isEmpty() && told.transactions > 0) wrong = wrongTransactions(life, told);
    if (!wrong.isEmpty()) return wrong;
    // A retry of what was acked is no new record, and new ones follow.
    if (!told.acked.empty() && told.acked.rbegin()->first >= life.partition()->log().logStart()) {
        const auto [offset, value] = *told.acked.rbegin();
        if (life.send(std::stoi(value.substr(1))) != offset) return "a retry was taken for a new record";
    }
    const std::int64_t end = life.partition()->log().nextOffset();
    if (life.send(static_cast<std::int32_t>(end)) != end) return "no record can be added";
    return {};
}

} // namespace millrace::broker::testing
