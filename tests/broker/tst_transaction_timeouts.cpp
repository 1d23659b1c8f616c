// Transactions that their producers leave open for too long.
#include "broker/support/transactional_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestTransactionTimeouts : public QObject {
    Q_OBJECT

private slots:
    void aTransactionThatIsOpenForTooLongIsAborted() {
        CoreFixture broker;
        broker.core().startTimers();
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init(30'000);
        client.add();
        client.send("late");
        broker.advance(29s);
        QCOMPARE(seen(broker).stable, 0);
        broker.advance(12s);
        QCOMPARE(seen(broker).stable, 2);
        QCOMPARE(seen(broker).values, QStringList());
        QCOMPARE(client.send("later").error, kInvalidProducerEpoch);
        QCOMPARE(client.end(true), kProducerFenced);
        QCOMPARE(client.init(), kNone);
        client.add();
        QCOMPARE(client.send("again").error, kNone);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, QStringList{"again 0"});
    }

    /// What KAFKA-20090 and KAFKA-20785 ask for.
    void whoWantsToAbortWhatATimeoutHasAbortedGoesOn() {
        CoreFixture broker;
        broker.core().startTimers();
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init(1'000);
        client.send("late");
        broker.advance(12s);
        QCOMPARE(client.send("later").error, kInvalidProducerEpoch);
        QCOMPARE(broker.get(endTxn, client.ending(true), 5)->errorCode, kProducerFenced);
        QCOMPARE(broker.get(endTxn, client.ending(false), 4)->errorCode, kProducerFenced);
        const auto ending = client.ending(false);
        for (int i = 0; i < 2; ++i) {
            const auto asked = broker.get(endTxn, ending, 5);
            QCOMPARE(asked->errorCode, kNone);
            QCOMPARE(asked->producerId, client.producerId);
            QCOMPARE(asked->producerEpoch, std::int16_t(ending.producerEpoch + 1));
        }
        QCOMPARE(client.end(false), kNone);
        QCOMPARE(client.send("again").error, kNone);
        QCOMPARE(broker.get(endTxn, ending, 5)->errorCode, kProducerFenced); // it is late now
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, QStringList{"again 0"});
    }

    void aTimeoutInTheLastEpochMakesRoomForANewProducerId() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker, true};
        client.init(1'000);
        const auto first = client.producerId;
        client.goToLastEpoch();
        broker.core().startTimers();
        QCOMPARE(client.send("late").error, kNone);
        broker.advance(12s);
        QCOMPARE(broker.get(endTxn, client.ending(true), 5)->errorCode, kProducerFenced);
        QCOMPARE(client.end(false), kNone);
        QVERIFY(client.producerId != first);
        QCOMPARE(client.epoch, std::int16_t(0));
        QCOMPARE(client.send("again").error, kNone);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(seen(broker).values, QStringList{"again 0"});
    }
};

MILLRACE_TEST(TestTransactionTimeouts)
#include "tst_transaction_timeouts.moc"
