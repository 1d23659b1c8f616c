#include "broker/support/transactional_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/describe_producers.h"
#include "wire/messages/describe_transactions.h"
#include "wire/messages/list_transactions.h"
#include "wire/messages/write_txn_markers.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

/// Consumers of committed records, and tools that look at transactions.
class TestCommittedReads : public QObject {
    Q_OBJECT

    static std::int64_t latest(CoreFixture& broker, std::int64_t timestamp = -1) {
        wire::ListOffsetsRequest request;
        request.isolationLevel = 1;
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        topic.partitions.emplace_back().timestamp = timestamp;
        return broker.get(listOffsets, request, 7)->topics.at(0).partitions.at(0).offset;
    }

private slots:
    void nothingBehindAnOpenTransactionIsRead() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 2);
        TransactionalClient client{broker};
        client.init();
        client.add();
        client.send("open", 2);
        broker.fill("t", 3);
        QCOMPARE(seen(broker).values.size(), 2);
        QCOMPARE(seen(broker, false).values.size(), 7);
        QCOMPARE(seen(broker, true, 2).values.size(), 0);
        QCOMPARE(latest(broker), 2);
        QCOMPARE(latest(broker, 1'700'000'000'002), -1); // the first with that time lies behind
        client.end(true);
        QCOMPARE(seen(broker).values.size(), 7);
        QCOMPARE(latest(broker), 8);
        QCOMPARE(latest(broker, 1'700'000'000'002), 6);
    }

    void transactionsThatOverlapAreToldApart() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient a{broker, true, "a"}, b{broker, true, "b"};
        a.init();
        b.init();
        a.send("a");
        b.send("b");
        a.send("a");
        QCOMPARE(a.end(false), kNone);
        QCOMPARE(seen(broker).stable, 1);
        b.send("b");
        a.send("again");
        b.end(true);
        a.end(true);
        QCOMPARE(seen(broker).values, (QStringList{"b 0", "b 0", "again 0"}));
        for (std::int64_t from = 0; from <= broker.replica("t")->logEndOffset(); ++from) {
            const auto some = seen(broker, true, from);
            QVERIFY(!some.values.contains("a 0"));
            QCOMPARE(some.aborted, std::size_t(from <= 3)); // its marker lies at 3
        }
    }

    void ofManyAbortedTransactionsOnlyThoseOfTheAnswerAreTold() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        for (int i = 0; i < 50; ++i) {
            client.send("v");
            client.end(i % 2 == 0);
        }
        auto request = fetchOf(40, true);
        request.topics[0].partitions[0].partitionMaxBytes = 1;
        QCOMPARE(seenIn(*broker.get(fetch, request, 11)).aborted, std::size_t(0));
        request.topics[0].partitions[0].fetchOffset = 42;
        QCOMPARE(seenIn(*broker.get(fetch, request, 11)).aborted, std::size_t(1));
        QCOMPARE(seen(broker, true, 40).aborted, std::size_t(15));
        broker.restart(); // from the snapshot, and from the files
        QCOMPARE(seen(broker, true, 40).aborted, std::size_t(15));
        QCOMPARE(seen(broker).values.size(), 25);
        QVERIFY(QFile::remove(broker.directory.filePath("t-0/producers.snapshot")));
        broker.die();
        QCOMPARE(seen(broker).aborted, std::size_t(25));
    }

    void aBatchThatFindsNoRoomOpensNothing() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        client.add();
        disk.room = 50;
        QCOMPARE(client.send("lost").error, kStorageError);
        disk.room = std::numeric_limits<std::uint64_t>::max();
        broker.fill("t", 1);
        QCOMPARE(seen(broker).stable, 1);
        QCOMPARE(client.send("kept").error, kNone); // with the sequence that was not used
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values.size(), 2);
    }

    void anAbortWithoutRecordsHidesNothing() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        client.add();
        QCOMPARE(client.end(false), kNone);
        QCOMPARE(broker.replica("t")->logEndOffset(), 1);
        client.add();
        client.send("kept");
        client.end(true);
        QCOMPARE(seen(broker).values, QStringList{"kept 0"});
        QCOMPARE(seen(broker).aborted, std::size_t(0));
    }

    void aFetchThatWaitsIsAnsweredWithTheEndOfTheTransaction() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        client.add();
        auto request = fetchOf(0, true);
        request.minBytes = 1;
        request.maxWaitMs = 60'000;
        const auto waiting = broker.get(fetch, request, 11);
        client.send("v", 3);
        QVERIFY(!waiting.answered());
        client.end(true);
        QVERIFY(waiting.answered());
        QCOMPARE(seenIn(*waiting).values.size(), 3);
    }

    void deletedRecordsTakeTheBeginOfATransactionWithThem() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        client.send("dropped", 2);
        client.end(false);
        client.send("open", 2);
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, 4}}});
        QCOMPARE(broker.get(deleteRecords, request, 2)->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(seen(broker, true, 4).stable, 4);
        QCOMPARE(client.send("open").error, kNone);
        client.end(true);
        QCOMPARE(seen(broker, true, 4).values, (QStringList{"open 0", "open 1", "open 0"})); // batches come whole
        broker.core().startTimers();
        broker.advance(31s); // and what was aborted before is forgotten
        QVERIFY(broker.replica("t")->producers().aborted().all().empty());
    }

    void whatIsReadWhileItIsDeletedIsNotGivenAsCommitted() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        client.send("dropped", 2);
        client.end(false);
        client.send("kept");
        client.end(true);
        broker.die(); // nothing is in memory any more
        const auto waiting = broker.ask(fetch, fetchOf(0, true), 11);
        broker.io.drain();
        QVERIFY(!waiting.answered());
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, 3}}});
        (void)broker.ask(deleteRecords, request, 2);
        broker.replica("t")->producers().forgetAbortedBefore(3);
        broker.settle();
        QCOMPARE(waiting->responses[0].partitions[0].errorCode, kOffsetOutOfRange);
        QCOMPARE(seen(broker, true, 3).values, QStringList{"kept 0"});
    }

    void anOpenTransactionIsNotForgottenHoweverLongItsProducerIsQuiet() {
        CoreFixture broker(ConfigMap{{"producer.id.expiration.ms", "1000"}});
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init(900'000);
        client.add();
        client.send("v");
        broker.core().startTimers();
        broker.advance(600s);
        QCOMPARE(seen(broker).stable, 0);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, QStringList{"v 0"});
    }

    void toolsSeeWhoIsWriting() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        TransactionalClient client{broker, true, "a"}, idle{broker, true, "b"};
        client.init();
        idle.init();
        client.send("v", 2);
        client.send("v", 2, "t", 1);
        wire::DescribeProducersRequest producers;
        producers.topics.push_back({"t", {0, 0, 7}});
        const auto described = broker.get(describeProducers, producers, 0);
        QCOMPARE(described->topics[0].partitions.size(), std::size_t(2));
        const auto& active = described->topics[0].partitions[0].activeProducers.at(0);
        QCOMPARE(active.producerId, client.producerId);
        QCOMPARE(active.lastSequence, 1);
        QCOMPARE(active.currentTxnStartOffset, 0);
        QCOMPARE(described->topics[0].partitions[1].errorCode, kUnknownTopicOrPartition);

        wire::DescribeTransactionsRequest states;
        states.transactionalIds = {"a", "a", "none"};
        const auto asked = broker.get(describeTransactions, states, 0);
        QCOMPARE(asked->transactionStates.size(), std::size_t(2));
        QCOMPARE(asked->transactionStates[0].transactionState, std::string("Ongoing"));
        QCOMPARE(asked->transactionStates[0].topics.at(0).partitions, (std::vector<std::int32_t>{0, 1}));
        QCOMPARE(asked->transactionStates[1].errorCode, kTransactionalIdNotFound);
    }

    void transactionsAreListedBy_data() {
        QTest::addColumn<QString>("state");
        QTest::addColumn<qint64>("duration");
        QTest::addColumn<QString>("found");
        QTest::newRow("nothing") << "" << qint64(-1) << "a b";
        QTest::newRow("state") << "Ongoing" << qint64(-1) << "a";
        QTest::newRow("another state") << "Empty" << qint64(-1) << "b";
        QTest::newRow("a state of Kafka's that is none here") << "PrepareEpochFence" << qint64(-1) << "";
        QTest::newRow("a state that is none") << "Asleep" << qint64(-1) << "unknown: Asleep";
        QTest::newRow("duration") << "" << qint64(5'000) << "a";
        QTest::newRow("more than its duration") << "" << qint64(50'000) << "";
    }
    void transactionsAreListedBy() {
        QFETCH(QString, state);
        QFETCH(qint64, duration);
        QFETCH(QString, found);
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true, "a"}, idle{broker, true, "b"};
        client.init();
        idle.init();
        client.send("v");
        broker.advance(10s);
        wire::ListTransactionsRequest request;
        if (!state.isEmpty()) request.stateFilters = {state.toStdString()};
        request.durationFilter = duration;
        const auto asked = broker.get(listTransactions, request, 1);
        QStringList ids;
        for (const auto& one : asked->transactionStates)
            ids << QString::fromStdString(one.transactionalId);
        for (const auto& unknown : asked->unknownStateFilters)
            ids << "unknown: " + QString::fromStdString(unknown);
        QCOMPARE(ids.join(' '), found);
    }

    void aToolEndsWhatHangs() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        client.add();
        client.send("v");
        wire::WriteTxnMarkersRequest request;
        request.markers.push_back({client.producerId, client.epoch, false, {{"t", {0, 5}}}, 3});
        const auto asked = broker.get(writeTxnMarkers, request, 1);
        QCOMPARE(asked->markers[0].topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(asked->markers[0].topics[0].partitions[1].errorCode, kUnknownTopicOrPartition);
        QCOMPARE(seen(broker).stable, 2);
        QCOMPARE(seen(broker).values, QStringList());
        request.markers[0].producerEpoch = -1;
        QCOMPARE(broker.get(writeTxnMarkers, request, 1)->markers[0].topics[0].partitions[0].errorCode,
                 kInvalidProducerEpoch);
    }
};

MILLRACE_TEST(TestCommittedReads)
#include "tst_committed_reads.moc"
