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
        QTest::addColumn<ConsumerModel::Bounds>("bounds");
        using Bounds = ConsumerModel::Bounds;
        QTest::newRow("answers are lost") << Bounds{.joins = {1, 1}, .answersAreLost = true};
        QTest::newRow("one is silent for too long") << Bounds{.joins = {1, 1}, .expiries = 1};
        QTest::newRow("one leaves and comes again") << Bounds{.joins = {2, 1}};
        QTest::newRow("one goes for a while and comes back") << Bounds{.joins = {2, 1}, .firstIsStatic = true};
        QTest::newRow("three") << Bounds{.joins = {1, 1, 1}, .grows = false};
    }
    void inWhateverOrderNoPartitionIsReadTwiceAndAllAreInTheEnd() {
        QFETCH(ConsumerModel::Bounds, bounds);
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

Q_DECLARE_METATYPE(millrace::broker::testing::ConsumerModel::Bounds)
MILLRACE_TEST(TestConsumerOrders)
#include "tst_consumer_orders.moc"
