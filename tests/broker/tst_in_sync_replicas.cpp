#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/produce.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

/// A topic that wants more replicas than one broker can have.
class TestInSyncReplicas : public QObject {
    Q_OBJECT
private slots:
    void acksAllNeedsAsManyAsTheTopicSays_data() {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<int>("acks");
        QTest::addColumn<int>("error");
        QTest::newRow("two of one, acks=all") << "2" << -1 << int(wire::error::kNotEnoughReplicas);
        QTest::newRow("two of one, acks=1") << "2" << 1 << int(wire::error::kNone);
        QTest::newRow("one of one, acks=all") << "1" << -1 << int(wire::error::kNone);
    }
    void acksAllNeedsAsManyAsTheTopicSays() {
        QFETCH(QString, wanted);
        QFETCH(int, acks);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("orders", 1, {{"min.insync.replicas", wanted.toStdString()}});
        wire::ProduceRequest request;
        request.acks = std::int16_t(acks);
        request.topicData.emplace_back().name = "orders";
        request.topicData[0].partitionData.emplace_back().records = batchOf(1, "value", {}, broker.loop.epochMs());
        const auto response = broker.get(produce, request, 9);
        const auto& partition = response->responses.at(0).partitionResponses.at(0);
        QCOMPARE(int(partition.errorCode), error);
        QCOMPARE(partition.baseOffset, error == 0 ? 0 : -1);
    }
};

MILLRACE_TEST(TestInSyncReplicas)
#include "tst_in_sync_replicas.moc"
