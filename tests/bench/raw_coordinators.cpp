// What the coordinators of a Kafka broker carry:
//   bench_raw_coordinators transactions HOST:PORT TOPIC [--seconds 5] [--records 100]   commits/s, ms of one commit
//   bench_raw_coordinators groups HOST:PORT [--groups 500] [--seconds 10]               s until all have joined, ms of
//   an offset commit bench_raw_coordinators topics HOST:PORT TOPIC [--partitions 1] [--topics 1] [--config name=value]
//   ms until they are made and written to
#include "raw_connection.h"

#include "wire/batch_builder.h"
#include "wire/messages/add_partitions_to_txn.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/end_txn.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/join_group.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/produce.h"
#include "wire/messages/sync_group.h"
#include "wire/record_batch.h"

#include <memory>
#include <mutex>
#include <thread>

using namespace millrace;
using namespace millrace::bench;

namespace {

Bytes batchOf(std::size_t records, const wire::BatchOptions& options) {
    wire::Record record;
    record.timestamp =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    record.value = Bytes(payload(100));
    const auto batch = wire::buildBatch(std::vector<wire::Record>(records, record), options);
    if (!batch) giveUp(batch.error().message);
    return *batch;
}

std::int16_t produce(RawConnection& connection, const std::string& topic, std::int32_t partition, std::int16_t acks,
                     Bytes batch, std::optional<std::string> transactionalId = {}) {
    wire::ProduceRequest request;
    request.transactionalId = std::move(transactionalId);
    request.acks = acks;
    request.timeoutMs = 30000;
    request.topicData = {{topic, {{partition, std::move(batch)}}}};
    return connection.ask<wire::ProduceResponse>(request, 9).responses.at(0).partitionResponses.at(0).errorCode;
}

/// A coordinator that has just been asked for may still be loading its topic.
template <typename Ask>
auto untilThere(Ask ask) {
    for (int attempt = 0;; ++attempt) {
        auto answer = ask();
        const bool loading = answer.errorCode == 14 || answer.errorCode == 15 || answer.errorCode == 16;
        if (!loading || attempt > 600) return answer;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void findCoordinator(RawConnection& connection, const std::string& key, std::int8_t keyType) {
    wire::FindCoordinatorRequest request;
    request.key = key;
    request.keyType = keyType;
    demand(untilThere([&] { return connection.ask<wire::FindCoordinatorResponse>(request, 3); }).errorCode,
           "FindCoordinator");
}

void transactions(const Arguments& arguments) {
    RawConnection connection(arguments.plain(1));
    const std::string id = "bench-transactions", topic = arguments.plain(2);
    findCoordinator(connection, id, 1);
    wire::InitProducerIdRequest init;
    init.transactionalId = id;
    init.transactionTimeoutMs = 60000;
    const auto producer = untilThere([&] { return connection.ask<wire::InitProducerIdResponse>(init, 4); });
    demand(producer.errorCode, "InitProducerId");
    const auto records = static_cast<std::size_t>(arguments.number("records", 100));
    wire::AddPartitionsToTxnRequest add{id, producer.producerId, producer.producerEpoch, {{topic, {0}}}};
    wire::EndTxnRequest end{id, producer.producerId, producer.producerEpoch, true};
    std::vector<double> milliseconds;
    std::int32_t sequence = 0;
    const auto start = SteadyClock::now();
    while (secondsSince(start) < static_cast<double>(arguments.number("seconds", 5))) {
        const auto began = SteadyClock::now();
        while (connection.ask<wire::AddPartitionsToTxnResponse>(add, 3).results.at(0).partitions.at(0).errorCode ==
               51) {
        } // the markers of the transaction before are still being written
        wire::BatchOptions options;
        options.producerId = producer.producerId;
        options.producerEpoch = producer.producerEpoch;
        options.baseSequence = sequence;
        options.flags = wire::kTransactionalBit;
        demand(produce(connection, topic, 0, -1, batchOf(records, options), id), "Produce");
        sequence += static_cast<std::int32_t>(records);
        demand(untilThere([&] { return connection.ask<wire::EndTxnResponse>(end, 3); }).errorCode, "EndTxn");
        milliseconds.push_back(secondsSince(began) * 1000);
    }
    std::printf("commits/s %.1f\n", static_cast<double>(milliseconds.size()) / secondsSince(start));
    printQuantiles(milliseconds);
}

struct Member {
    std::unique_ptr<RawConnection> connection;
    std::string group, memberId;
    std::int32_t generation = -1;
};

void join(Member& member) {
    findCoordinator(*member.connection, member.group, 0);
    wire::JoinGroupRequest request;
    request.groupId = member.group;
    request.sessionTimeoutMs = 45000;
    request.rebalanceTimeoutMs = 60000;
    request.protocolType = "consumer";
    request.protocols = {{"range", Bytes::copyOf(std::string_view("\0\0\0\0\0\0\0\0\0\0", 10))}};
    auto joined = untilThere([&] { return member.connection->ask<wire::JoinGroupResponse>(request, 4); });
    if (joined.errorCode == 79) {
        request.memberId = joined.memberId;
        joined = member.connection->ask<wire::JoinGroupResponse>(request, 4);
    }
    demand(joined.errorCode, "JoinGroup");
    member.memberId = joined.memberId;
    member.generation = joined.generationId;
    wire::SyncGroupRequest sync;
    sync.groupId = member.group;
    sync.generationId = joined.generationId;
    sync.memberId = joined.memberId;
    sync.assignments = {{joined.memberId, Bytes::copyOf("x")}};
    demand(member.connection->ask<wire::SyncGroupResponse>(sync, 2).errorCode, "SyncGroup");
}

void groups(const Arguments& arguments) {
    constexpr std::size_t kThreads = 10;
    const auto count = static_cast<std::size_t>(arguments.number("groups", 500));
    const double seconds = static_cast<double>(arguments.number("seconds", 10));
    std::mutex mutex;
    std::vector<double> joined, commits;
    const auto start = SteadyClock::now();
    const auto part = [&](std::size_t first) {
        std::vector<Member> members;
        for (std::size_t i = first; i < count; i += kThreads) {
            members.push_back(
                {std::make_unique<RawConnection>(arguments.plain(1)), "bench-" + std::to_string(i), {}, -1});
            join(members.back());
        }
        const double took = secondsSince(start);
        std::vector<double> own;
        for (double turn = 0; turn < seconds; ++turn) // each member commits once a second
            for (std::size_t i = 0; i < members.size(); ++i) {
                const auto due =
                    start + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(
                                took + turn + static_cast<double>(i) / static_cast<double>(members.size())));
                std::this_thread::sleep_until(due);
                wire::OffsetCommitRequest commit;
                commit.groupId = members[i].group;
                commit.generationIdOrMemberEpoch = members[i].generation;
                commit.memberId = members[i].memberId;
                wire::OffsetCommitRequest::Topic::Partition place;
                place.partitionIndex = 0;
                place.committedOffset = static_cast<std::int64_t>(turn);
                commit.topics.resize(1);
                commit.topics[0].name = "bench";
                commit.topics[0].partitions = {place};
                const auto began = SteadyClock::now();
                demand(members[i]
                           .connection->ask<wire::OffsetCommitResponse>(commit, 7)
                           .topics.at(0)
                           .partitions.at(0)
                           .errorCode,
                       "OffsetCommit");
                own.push_back(secondsSince(began) * 1000);
            }
        const std::lock_guard lock(mutex);
        joined.push_back(took);
        commits.insert(commits.end(), own.begin(), own.end());
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kThreads; ++i)
        threads.emplace_back(part, i);
    for (std::thread& thread : threads)
        thread.join();
    std::printf("joined %.3f\n", *std::max_element(joined.begin(), joined.end()));
    printQuantiles(commits);
}

void topics(const Arguments& arguments) {
    RawConnection connection(arguments.plain(1));
    const auto partitions = static_cast<std::int32_t>(arguments.number("partitions", 1));
    wire::CreateTopicsRequest request;
    for (long i = 0; i < arguments.number("topics", 1); ++i) {
        wire::CreateTopicsRequest::Topic topic;
        topic.name = arguments.plain(2) + (i > 0 ? std::to_string(i) : std::string());
        topic.numPartitions = partitions;
        topic.replicationFactor = 1;
        if (const std::string config = arguments.text("config", ""); !config.empty())
            topic.configs = {{config.substr(0, config.find('=')), config.substr(config.find('=') + 1)}};
        request.topics.push_back(topic);
    }
    const auto start = SteadyClock::now();
    for (const auto& made : connection.ask<wire::CreateTopicsResponse>(request, 5).topics)
        demand(made.errorCode, "CreateTopics");
    std::printf("made %.1f\n", secondsSince(start) * 1000);
    const Bytes batch = batchOf(1, {});
    for (const auto& topic : request.topics)
        for (std::int32_t partition = 0; partition < partitions; ++partition) {
            std::int16_t error = 0;
            while ((error = produce(connection, topic.name, partition, 1, batch)) == 3 || error == 5 || error == 6) {
            } // made, but not yet led
            demand(error, "Produce");
        }
    std::printf("written %.1f\n", secondsSince(start) * 1000);
}

} // namespace

int main(int count, char** values) {
    const Arguments arguments(count, values);
    const std::map<std::string, void (*)(const Arguments&)> commands{
        {"transactions", transactions}, {"groups", groups}, {"topics", topics}};
    const auto found = commands.find(arguments.plain(0));
    if (found == commands.end()) giveUp("transactions, groups or topics");
    found->second(arguments);
    return 0;
}
