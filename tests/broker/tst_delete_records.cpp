#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/produce.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestDeleteRecords : public QObject {
    Q_OBJECT

    static void append(CoreFixture& broker, const Bytes& batch) {
        wire::ProduceRequest request;
        request.acks = 1;
        request.topicData.push_back({"t", {{0, batch}}});
        QCOMPARE(broker.ask(produce, request, 9)->responses.at(0).partitionResponses.at(0).errorCode, kNone);
    }

private slots:
    void recordsOfATopicThatDeletesNothingAreNotDeleted_data() {
        QTest::addColumn<QString>("policy");
        QTest::newRow("it compacts") << "compact";
        QTest::newRow("it keeps all") << "";
    }
    void recordsOfATopicThatDeletesNothingAreNotDeleted() {
        QFETCH(QString, policy);
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"cleanup.policy", policy.toStdString()}});
        QCOMPARE(broker.metadata().find("t")->settings.log.retentionMs, -1);
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, -1}}});
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].errorCode, kPolicyViolation);
    }

    void recordsAreDeletedUpToAnOffset() {
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, batchOf(5));
        append(broker, batchOf(5));
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, 7}, {3, 1}}});
        const auto asked = broker.get(deleteRecords, request, 1);
        QCOMPARE(asked->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(asked->topics[0].partitions[0].lowWatermark, 7);
        QCOMPARE(asked->topics[0].partitions[1].errorCode, kUnknownTopicOrPartition);
        request.topics[0].partitions = {{0, 11}};
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].errorCode, kOffsetOutOfRange);
        request.topics[0].partitions = {{0, -1}};
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].lowWatermark, 10);
    }
};

MILLRACE_TEST(TestDeleteRecords)
#include "tst_delete_records.moc"
