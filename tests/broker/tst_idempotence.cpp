#include "broker/support/produce_requests.h"
#include "support/test_program.h"
#include "wire/error_code.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestIdempotence : public QObject {
    Q_OBJECT

private slots:
    void aRepeatedBatchIsAnsweredWithItsFirstOffset() {
        CoreFixture broker;
        broker.makeTopic("t");
        for (int i = 0; i < 6; ++i)
            QCOMPARE(send(broker, batchOf(2, "v", sequence(2 * i))).offset, 2 * i);
        for (int i = 1; i < 6; ++i) {
            const Sent again = send(broker, batchOf(2, "v", sequence(2 * i)));
            QCOMPARE(int(again.error), int(kNone));
            QCOMPARE(again.offset, 2 * i);
        }
        QCOMPARE(send(broker, batchOf(2, "v", sequence(0))).error, kOutOfOrderSequence);  // beyond the window of five
        QCOMPARE(send(broker, batchOf(2, "v", sequence(14))).error, kOutOfOrderSequence); // a gap
        QCOMPARE(broker.replica("t")->log().nextOffset(), 12);
    }

    void epochsFenceAndRestartSequences() {
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(send(broker, batchOf(1, "v", sequence(0, 1))).error, kNone);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(1, 0))).error, kInvalidProducerEpoch);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(5, 2))).error, kOutOfOrderSequence);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(0, 2))).error, kNone);
    }

    void producersAreRememberedThrough_data() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    void producersAreRememberedThrough() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t");
        for (int i = 0; i < 3; ++i)
            send(broker, batchOf(2, "v", sequence(2 * i)));
        if (clean)
            broker.restart();
        else
            broker.die();
        QCOMPARE(send(broker, batchOf(2, "v", sequence(4))).offset, 4);
        QCOMPARE(send(broker, batchOf(2, "v", sequence(2))).offset, 2);
        QCOMPARE(send(broker, batchOf(2, "v", sequence(8))).error, kOutOfOrderSequence);
        QCOMPARE(send(broker, batchOf(2, "v", sequence(6))).offset, 6);
    }

    void behindTheLargestSequenceComesTheFirst() {
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(send(broker, batchOf(2, "v", sequence(INT32_MAX - 2))).offset, 0);
        const Bytes across = batchOf(3, "v", sequence(INT32_MAX)); // and 0 and 1
        QCOMPARE(send(broker, across).offset, 2);
        QCOMPARE(send(broker, across).offset, 2);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(0))).error, kOutOfOrderSequence);
        broker.die();
        QCOMPARE(send(broker, across).offset, 2);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(3))).error, kOutOfOrderSequence);
        QCOMPARE(send(broker, batchOf(1, "v", sequence(2))).offset, 5);
    }

    void aRepeatedBatchIsAnsweredWithTheTimeItWasStoredWith_data() {
        QTest::addColumn<QString>("type");
        QTest::newRow("the client's") << "CreateTime";
        QTest::newRow("the broker's") << "LogAppendTime";
    }
    void aRepeatedBatchIsAnsweredWithTheTimeItWasStoredWith() {
        QFETCH(QString, type);
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"message.timestamp.type", type.toStdString()}});
        const Bytes batch = batchOf(2, "v", sequence(0));
        broker.advance(std::chrono::minutes(1));
        const auto appended = broker.loop.epochMs();
        QCOMPARE(send(broker, batch).error, kNone);
        broker.advance(std::chrono::minutes(1));
        const auto again = broker.get(produce, requestOf("t", {{0, batch}}), 9);
        QCOMPARE(onlyPartition(*again).logAppendTimeMs, type == "CreateTime" ? 1'700'000'000'001 : appended);
    }

    void aRepeatedBatchIsKnownHoweverItIsStored() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"compression.type", "gzip"}});
        const Bytes batch = batchOf(3, "v", sequence(0));
        QCOMPARE(send(broker, batch).offset, 0);
        QCOMPARE(send(broker, batch).offset, 0);
        QCOMPARE(broker.replica("t")->logEndOffset(), 3);
        broker.die();
        QCOMPARE(send(broker, batch).offset, 0);
    }
};

MILLRACE_TEST(TestIdempotence)
#include "tst_idempotence.moc"
