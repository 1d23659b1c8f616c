#include "broker/support/transaction_walk.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker::testing;

/// Every order in which things can happen to one transactional id whose producer has come to its last epoch.
class TestTransactionLastEpochs : public QObject {
    Q_OBJECT

private slots:
    void inWhateverOrderNothingIsLostOrHalfSeen_data() {
        QTest::addColumn<bool>("bumps");
        QTest::newRow("partitions are added, epochs stay") << false;
        QTest::newRow("each transaction has an epoch of its own") << true;
    }
    void inWhateverOrderNothingIsLostOrHalfSeen() {
        QFETCH(bool, bumps);
        walkAll(TransactionModel(bumps, 32766));
    }
};

MILLRACE_TEST(TestTransactionLastEpochs)
#include "tst_transaction_last_epochs.moc"
