#include "broker/support/transactional_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/find_coordinator.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

/// A transactional id, from the first producer to the last.
class TestTransactions : public QObject {
    Q_OBJECT

    static void bothKinds() {
        QTest::addColumn<bool>("bumps");
        QTest::newRow("partitions are added, epochs stay") << false;
        QTest::newRow("each transaction has an epoch of its own") << true;
    }
    static QStringList many(const QString& value, int count) {
        QStringList values;
        for (int i = 0; i < count; ++i)
            values << QString("%1 %2").arg(value).arg(i);
        return values;
    }

private slots:
    void whatIsCommittedIsSeenAndWhatIsAbortedIsNot_data() { bothKinds(); }
    void whatIsCommittedIsSeenAndWhatIsAbortedIsNot() {
        QFETCH(bool, bumps);
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, bumps};
        QCOMPARE(client.init(), kNone);
        for (const bool commit : {true, false, true}) {
            if (!bumps) QCOMPARE(client.add(), kNone);
            QCOMPARE(client.send(commit ? "kept" : "dropped", 2).error, kNone);
            QCOMPARE(seen(broker).stable, broker.replica("t")->logEndOffset() - 2);
            QCOMPARE(client.end(commit), kNone);
            QCOMPARE(seen(broker).stable, broker.replica("t")->logEndOffset());
        }
        QCOMPARE(seen(broker).values, many("kept", 2) + many("kept", 2));
        QCOMPARE(seen(broker).aborted, std::size_t(1));
        QCOMPARE(seen(broker, false).values.size(), 6);
        QCOMPARE(broker.replica("t")->logEndOffset(), 9); // each marker has an offset
        QCOMPARE(client.epoch, bumps ? 3 : 0);
    }

    void anEndThatIsAskedForAgainIsAnsweredAsTheFirstTime_data() { bothKinds(); }
    void anEndThatIsAskedForAgainIsAnsweredAsTheFirstTime() {
        QFETCH(bool, bumps);
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, bumps};
        client.init();
        for (const bool commit : {true, false}) {
            if (!bumps) client.add();
            client.send("v");
            const auto ending = client.ending(commit);
            QCOMPARE(client.end(commit), kNone);
            const auto end = broker.replica("t")->logEndOffset();
            const auto again = broker.get(endTxn, ending, client.endVersion());
            QCOMPARE(again->errorCode, kNone);
            if (bumps) QCOMPARE(again->producerEpoch, client.epoch);
            auto other = ending;
            other.committed = !commit;
            QCOMPARE(broker.get(endTxn, other, client.endVersion())->errorCode, kInvalidTxnState);
            QCOMPARE(broker.replica("t")->logEndOffset(), end);
        }
    }

    void anEndThatCameLateDoesNotHitTheNextTransaction() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        client.send("first");
        const auto late = client.ending(true);
        QCOMPARE(client.end(true), kNone);
        client.send("second");
        QCOMPARE(broker.get(endTxn, late, 5)->errorCode, kProducerFenced);
        QCOMPARE(seen(broker).values, QStringList{"first 0"});
        QCOMPARE(client.end(false), kNone);
        QCOMPARE(seen(broker).values, QStringList{"first 0"});
    }

    void aNewProducerFencesTheOldAndAbortsItsTransaction_data() { bothKinds(); }
    void aNewProducerFencesTheOldAndAbortsItsTransaction() {
        QFETCH(bool, bumps);
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient old{broker, bumps};
        old.init();
        if (!bumps) old.add();
        QCOMPARE(old.send("old").error, kNone);
        TransactionalClient fresh{broker, bumps};
        QCOMPARE(fresh.init(), kNone);
        QCOMPARE(fresh.producerId, old.producerId);
        QVERIFY(fresh.epoch > old.epoch);
        QCOMPARE(seen(broker).values, QStringList());
        QCOMPARE(seen(broker).stable, 2);
        QCOMPARE(old.send("old").error, kInvalidProducerEpoch);
        QCOMPARE(old.add(), kProducerFenced);
        QCOMPARE(old.add("t", 0, 1), kInvalidProducerEpoch); // as old versions call it
        QCOMPARE(old.end(true), kProducerFenced);
        QCOMPARE(old.init(60'000, true), kProducerFenced);
        if (!bumps) fresh.add();
        QCOMPARE(fresh.send("new").error, kNone);
        QCOMPARE(old.init(60'000, true), kProducerFenced); // and does not abort what the new one has begun
        QCOMPARE(fresh.end(true), kNone);
        QCOMPARE(seen(broker).values, QStringList{"new 0"});
    }

    void aProducerMayAskForItsNextEpochTwice() {
        CoreFixture broker;
        TransactionalClient client{broker};
        client.init();
        const auto first = client.askInit(60'000, true), again = client.askInit(60'000, true);
        QCOMPARE(first->producerEpoch, std::int16_t(1));
        QCOMPARE(again->errorCode, kNone);
        QCOMPARE(again->producerEpoch, std::int16_t(1));
    }

    void epochsThatAreUsedUpMakeRoomForANewProducerId() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        const auto first = client.producerId;
        client.goToLastEpoch();
        QCOMPARE(client.send("v").error, kNone);
        const auto ending = client.ending(true);
        QCOMPARE(client.end(true), kNone);
        QVERIFY(client.producerId != first);
        QCOMPARE(client.epoch, std::int16_t(0));
        QCOMPARE(broker.get(endTxn, ending, 5)->producerId, client.producerId);
        QCOMPARE(client.send("w").error, kNone);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, (QStringList{"v 0", "w 0"}));
    }

    void anIdThatNobodyUsesIsForgotten() {
        CoreFixture broker;
        broker.core().startTimers();
        TransactionalClient client{broker};
        client.init();
        broker.advance(std::chrono::hours(24 * 7 + 1));
        QCOMPARE(client.add("t"), kUnknownTopicOrPartition);
        broker.makeTopic("t");
        QCOMPARE(client.add("t"), kInvalidProducerIdMapping);
        broker.restart();
        QCOMPARE(client.add("t"), kInvalidProducerIdMapping);
        const auto old = client.producerId;
        QCOMPARE(client.init(), kNone);
        QVERIFY(client.producerId != old);
    }

    void everythingIsRememberedThrough_data() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    void everythingIsRememberedThrough() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t", 2);
        TransactionalClient client{broker}, other{broker, true, "other"};
        client.init();
        other.init();
        const auto again = [&] { clean ? broker.restart() : broker.die(); };
        again();
        QCOMPARE(client.add(), kNone);
        QCOMPARE(client.send("a").error, kNone);
        QCOMPARE(other.send("b").error, kNone);
        again();
        QCOMPARE(seen(broker).stable, 0);
        QCOMPARE(client.send("c").error, kNone);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).stable, 1); // the other is open
        again();
        QCOMPARE(other.end(false), kNone);
        again();
        QCOMPARE(seen(broker).values, (QStringList{"a 0", "c 0"}));
        QCOMPARE(seen(broker).stable, 5);
        QCOMPARE(client.end(true), kNone); // once more
    }

    void partitionsOnlyJoinAllTogether() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        wire::AddPartitionsToTxnRequest request;
        request.transactionalId = "tx";
        request.producerId = client.producerId;
        request.producerEpoch = client.epoch;
        request.topics = {{"t", {0, 1}}, {"none", {0}}};
        const auto asked = broker.get(addPartitionsToTxn, request, 3);
        QCOMPARE(asked->results[0].partitions[0].errorCode, kOperationNotAttempted);
        QCOMPARE(asked->results[0].partitions[1].errorCode, kUnknownTopicOrPartition);
        QCOMPARE(asked->results[1].partitions[0].errorCode, kUnknownTopicOrPartition);
        QCOMPARE(client.send("v").error, kTransactionAbortable);
    }

    void whatIsNotInATransactionIsRefused() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        QCOMPARE(client.send("v").error, kTransactionAbortable);
        auto request = client.batch("v");
        QCOMPARE(onlyPartition(*broker.get(produce, request, 10)).errorCode, kInvalidTxnState);
        request.transactionalId = "another";
        QCOMPARE(onlyPartition(*broker.get(produce, request, 11)).errorCode, kInvalidProducerIdMapping);
        request.transactionalId = std::nullopt;
        QCOMPARE(onlyPartition(*broker.get(produce, request, 11)).errorCode, kTransactionalIdAuthorizationFailed);
        request = client.batch("v");
        request.acks = 0;
        QVERIFY(broker.get(produce, request, 11).closes());
        QCOMPARE(client.end(true), kInvalidTxnState);
        QCOMPARE(broker.replica("t")->logEndOffset(), 0);
        client.add();
        client.send("v");
        // The same producer, beside its transaction.
        QCOMPARE(send(broker, batchOf(1, "v", sequence(1, client.epoch, client.producerId))).error, kInvalidTxnState);
    }

    void producersThatCannotBeAreRefused() {
        CoreFixture broker;
        TransactionalClient client{broker};
        QCOMPARE(client.init(0), kInvalidTransactionTimeout);
        QCOMPARE(client.init(900'001), kInvalidTransactionTimeout);
        client.id = "";
        QCOMPARE(client.init(), kInvalidRequest);
        QCOMPARE(client.end(true), kInvalidRequest);
        client.id = "unknown";
        QCOMPARE(client.end(true), kInvalidProducerIdMapping);
        client.producerId = 5;
        QCOMPARE(client.init(60'000, true), kInvalidRequest); // an id without an epoch
    }

    void whatIsOpenAndNotKnownIsAbortedAtTheNextStart() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        client.add();
        client.send("lost");
        QVERIFY(QFile::remove(broker.directory.filePath("transactions.journal")));
        broker.die();
        QCOMPARE(seen(broker).stable, 2);
        QCOMPARE(seen(broker).values, QStringList());
    }

    void requestsAboutOneIdWaitForEachOther() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        auto batch = client.batch("v");
        const auto sent = broker.ask(produce, batch, 12);
        const auto ended = broker.ask(endTxn, client.ending(true), 5);
        QVERIFY(!sent.answered() && !ended.answered()); // nothing is on stable storage yet
        broker.settle();
        QCOMPARE(onlyPartition(*sent).errorCode, kNone);
        QCOMPARE(ended->errorCode, kNone);
        QCOMPARE(seen(broker).values, QStringList{"v 0"});
    }

    void whatIsDecidedIsFinishedWhenTheDiskHasRoomAgain() {
        int refused = 0, unfinished = 0;
        for (std::uint64_t room = 0; room < 300; room += 10) {
            test::FullDisk disk;
            CoreFixture broker({}, disk);
            broker.core().startTimers();
            broker.makeTopic("t");
            TransactionalClient client{broker, true};
            client.init();
            client.send("v");
            disk.room = room;
            const auto error = client.end(true);
            disk.room = std::numeric_limits<std::uint64_t>::max();
            if (error != kNone) {
                ++refused;
                QCOMPARE(error, kCoordinatorNotAvailable);
                QCOMPARE(seen(broker).stable, 0);
                QCOMPARE(client.end(true), kNone);
            } else if (seen(broker).stable == 0) {
                ++unfinished;
                QCOMPARE(client.init(), kConcurrentTransactions);
                broker.advance(11s);
                QCOMPARE(client.init(), kNone);
            }
            QCOMPARE(seen(broker).values, QStringList{"v 0"});
        }
        QVERIFY(refused > 0 && unfinished > 0);
    }

    void anEndThatIsNotDurableIsNotAnswered() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init();
        client.send("v");
        disk.syncsFail = true;
        QCOMPARE(client.end(true), kCoordinatorNotAvailable);
        disk.syncsFail = false;
        QCOMPARE(seen(broker).stable, 0);
        QCOMPARE(client.end(true), kNone); // the journal is written anew first
        broker.die();
        QCOMPARE(seen(broker).values, QStringList{"v 0"});
    }

    void clientsAreToldWhatTheyMayLeaveOut() {
        CoreFixture broker;
        wire::ApiVersionsRequest request;
        request.clientSoftwareName = request.clientSoftwareVersion = "1";
        const auto asked = broker.get(apiVersions, request, 4);
        QCOMPARE(asked->finalizedFeatures.at(0).name, std::string("transaction.version"));
        QCOMPARE(asked->finalizedFeatures.at(0).maxVersionLevel, std::int16_t(2));
        QVERIFY(asked->finalizedFeaturesEpoch >= 0);
        QCOMPARE(asked->supportedFeatures.size(), std::size_t(2));
        QVERIFY(broker.get(apiVersions, request, 3)->supportedFeatures.empty());
        wire::FindCoordinatorRequest find;
        find.keyType = 1;
        find.coordinatorKeys = {"tx"};
        QCOMPARE(broker.get(findCoordinator, find, 4)->coordinators.at(0).errorCode, kNone);
    }
};

MILLRACE_TEST(TestTransactions)
#include "tst_transactions.moc"
