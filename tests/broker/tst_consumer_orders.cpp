#include "broker/support/consumer_model.h"
#include "support/explorer.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker::testing;

/// Every order in which things can happen to a group of the consumer protocol.
class TestConsumerOrders : public QObject {
    Q_OBJECT

private slots:
    void inWhateverOrderNoPartitionIsReadTwiceAndAllAreInTheEnd_data() {
        QTest::addColumn<QList<int>>("joins");
        QTest::addColumn<bool>("firstIsStatic");
        QTest::addColumn<bool>("answersAreLost");
        QTest::addColumn<int>("expiries");
        QTest::newRow("answers are lost") << QList<int>{1, 1} << false << true << 0;
        QTest::newRow("one comes twice") << QList<int>{2, 1} << false << false << 1;
        QTest::newRow("one goes for a while and comes back") << QList<int>{2, 1} << true << false << 0;
        QTest::newRow("three") << QList<int>{1, 1, 1} << false << false << 0;
    }
    void inWhateverOrderNoPartitionIsReadTwiceAndAllAreInTheEnd() {
        QFETCH(QList<int>, joins);
        QFETCH(bool, firstIsStatic);
        QFETCH(bool, answersAreLost);
        QFETCH(int, expiries);
        const ConsumerModel::Bounds bounds{{joins.begin(), joins.end()}, firstIsStatic, answersAreLost, expiries};
        test::Explorer<ConsumerModel> explorer;
        std::size_t shared = 0;
        explorer.steps = [](const auto& model) { return model.steps(); };
        explorer.key = [](const auto& model) { return model.key(); };
        explorer.wrong = [&](const auto& model) {
            shared += model.isShared() ? 1 : 0;
            return model.wrong();
        };
        const std::string wrong = explorer.walk(ConsumerModel(bounds));
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY2(explorer.states > 500 && shared > 20, "it did not get far");
        qInfo("%zu states, %zu of them shared and at rest, %zu transitions", explorer.states, shared,
              explorer.transitions);
    }
};

MILLRACE_TEST(TestConsumerOrders)
#include "tst_consumer_orders.moc"
