#include "broker/support/transactional_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QFileInfo>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

/// Requests that come while others are under way, and what a full disk leaves undone.
class TestTransactionsAtOnce : public QObject {
    Q_OBJECT

    static Asked<wire::InitProducerIdResponse> askInit(CoreFixture& broker, const std::string& id) {
        wire::InitProducerIdRequest request;
        request.transactionalId = id;
        request.transactionTimeoutMs = 60'000;
        return broker.ask(initProducerId, request, 5);
    }

    static void useUpEpochs(TransactionalClient& client) {
        client.init();
        Transaction kept = *client.broker.core().context().transactions->find(client.id);
        kept.epoch = client.epoch = 32766;
        const auto path = client.broker.directory.filePath("transactions.journal").toStdString();
        auto journal = storage::Journal::open(posixFileSystem(), path, "", silentLog(), [](auto) { return ok(); });
        QVERIFY((*journal)->append(encodedTransaction(kept)));
        journal->reset();
        client.broker.die();
    }

private slots:
    void whatIsUnderWayStandsInTheJournalThatIsWrittenAnewMeanwhile() {
        CoreFixture broker(ConfigMap{{"offset.metadata.max.bytes", "32767"}});
        broker.makeTopic("t", 2);
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        const auto committing = [&](std::int64_t offset) {
            wire::TxnOffsetCommitRequest request;
            request.transactionalId = client.id;
            request.groupId = "g";
            request.producerId = client.producerId;
            request.producerEpoch = client.epoch;
            // The second changes, and is written, with the last one only.
            const std::string metadata(32'000, 'm');
            request.topics.push_back({"t", {{0, offset, 0, metadata}, {1, offset / 40, 0, metadata}}});
            return request;
        };
        const QString journal = broker.directory.filePath("transactions.journal");
        for (std::int64_t offset = 0; QFileInfo(journal).size() < 1024 * 1024 - 40'000; ++offset)
            (void)broker.get(txnOffsetCommit, committing(offset % 2), 5);
        const auto before = QFileInfo(journal).size();
        QVERIFY(before < 1024 * 1024);
        const auto first = broker.ask(txnOffsetCommit, committing(40), 5); // with it the journal is due
        const auto second = askInit(broker, "second");
        broker.settle();
        QVERIFY(QFileInfo(journal).size() < before);
        QCOMPARE(first->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(second->errorCode, kNone);
        broker.restart();
        const auto again = askInit(broker, "second");
        broker.settle();
        QCOMPARE(again->producerId, second->producerId);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(offsetOf(broker, true), std::pair(kNone, std::int64_t(40)));
    }

    void recordsAreTakenInTheOrderInWhichTheyCameThoughTheFirstWaitForAPartition() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        TransactionalClient client{broker, true};
        client.init();
        QCOMPARE(client.send("open").error, kNone);
        auto both = client.batch("first");
        both.topicData[0].partitionData.push_back(client.batch("new", 1, "t", 1).topicData[0].partitionData[0]);
        ++client.sequences[{"t", 0}];
        const auto first = broker.ask(produce, both, 12);
        const auto second = broker.ask(produce, client.batch("second"), 12);
        broker.settle();
        QCOMPARE(onlyPartition(*first).errorCode, kNone);
        QCOMPARE(onlyPartition(*second).errorCode, kNone);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, (QStringList{"open 0", "first 0", "second 0"}));
    }

    void recordsThatWaitForNoPartitionAreTakenAtOnce() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        QCOMPARE(client.send("v").error, kNone);
        const auto end = broker.replica("t")->logEndOffset();
        (void)broker.ask(produce, client.batch("w"), 12);
        QCOMPARE(broker.replica("t")->logEndOffset(), end + 1);
    }

    void whatIsNotKnownIsAbortedWhenTheDiskHasRoomAgain() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        auto options = sequence(0, 0, 99);
        options.flags = wire::kTransactionalBit;
        const Bytes batch = batchOf(1, "nobody's", options);
        QVERIFY(broker.replica("t")->append(batch, *wire::readBatchHeader(batch.span())));
        TransactionCoordinator& transactions = *broker.core().context().transactions;
        disk.room = 0;
        transactions.abortUnknown();
        disk.room = std::numeric_limits<std::uint64_t>::max();
        QCOMPARE(seen(broker).stable, 0);
        transactions.tick();
        QCOMPARE(seen(broker).stable, 2);
        QCOMPARE(seen(broker).values, QStringList());
    }

    void aProducerThatGoesOnBeforeItsEndIsDoneIsToldToComeAgain() {
        int unfinished = 0;
        for (std::uint64_t room = 0; room < 300; room += 10) {
            test::FullDisk disk;
            CoreFixture broker({}, disk);
            broker.makeTopic("t");
            TransactionalClient client{broker, true};
            useUpEpochs(client);
            broker.core().startTimers();
            client.send("v");
            disk.room = room;
            const auto error = client.end(true);
            disk.room = std::numeric_limits<std::uint64_t>::max();
            if (error != kNone || seen(broker).stable > 0) continue;
            ++unfinished;
            QCOMPARE(client.epoch, std::int16_t(0)); // of the next producer id
            QCOMPARE(client.add(), kConcurrentTransactions);
            QCOMPARE(client.end(true), kConcurrentTransactions);
            QCOMPARE(client.init(60'000, true), kConcurrentTransactions);
            broker.advance(11s);
            QCOMPARE(client.send("w").error, kNone);
            QCOMPARE(client.end(true), kNone);
            QCOMPARE(seen(broker).values, (QStringList{"v 0", "w 0"}));
        }
        QVERIFY(unfinished > 0);
    }
};

MILLRACE_TEST(TestTransactionsAtOnce)
#include "tst_transactions_at_once.moc"
