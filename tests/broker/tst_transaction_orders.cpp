#include "broker/support/transaction_walk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker::testing;

/// Every order in which things can happen to one transactional id.
class TestTransactionOrders : public QObject {
    Q_OBJECT

private slots:
    void inWhateverOrderNothingIsLostOrHalfSeen_data() {
        QTest::addColumn<bool>("bumps");
        QTest::newRow("partitions are added, epochs stay") << false;
        QTest::newRow("each transaction has an epoch of its own") << true;
    }
    void inWhateverOrderNothingIsLostOrHalfSeen() {
        QFETCH(bool, bumps);
        walkAll(TransactionModel(bumps));
    }

    void whatIsWrongIsFoundByTheShortestWay() {
        test::Explorer<int> explorer;
        explorer.steps = [](const int& at) {
            return std::vector<std::pair<std::string, int>>{{"one more", at + 1}, {"twice as many", at * 2}};
        };
        explorer.key = [](const int& at) { return std::to_string(at); };
        explorer.wrong = [](const int& at) { return at == 6 ? "six" : ""; };
        QCOMPARE(explorer.walk(1), std::string("six\n  one more\n  one more\n  twice as many"));
    }
};

MILLRACE_TEST(TestTransactionOrders)
#include "tst_transaction_orders.moc"
