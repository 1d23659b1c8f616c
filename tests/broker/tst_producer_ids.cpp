#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/init_producer_id.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestProducerIds : public QObject {
    Q_OBJECT

private slots:
    void producerIdsNeverRepeat() {
        CoreFixture broker;
        std::set<std::int64_t> seen;
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 1200; ++i) {
                const auto asked = broker.get(initProducerId, wire::InitProducerIdRequest{}, 4);
                QCOMPARE(asked->errorCode, kNone);
                QCOMPARE(asked->producerEpoch, std::int16_t(0));
                QVERIFY(seen.insert(asked->producerId).second);
            }
            broker.die();
        }
    }

    void producersAreAskedToComeBackWhileABlockIsReserved() {
        CoreFixture broker;
        int refused = 0;
        for (int i = 0; i < 1500; ++i) // the I/O thread does not run
            if (broker.ask(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode == kCoordinatorLoadInProgress)
                ++refused;
        QCOMPARE(refused, 500);
        broker.settle();
        QCOMPARE(broker.ask(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode, kNone);
    }
};

MILLRACE_TEST(TestProducerIds)
#include "tst_producer_ids.moc"
