#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::session;

class AccountTest : public QObject {
    Q_OBJECT
private slots:
    void theAccountOfARunStaysUntilTheNextOne_data() {
        QTest::addColumn<QString>("sink");
        QTest::addColumn<int>("out");
        QTest::newRow("all is drained") << "a.sinks.k.type = null\n" << 50;
        QTest::newRow("nothing takes them") << "" << 0;
    }
    void theAccountOfARunStaysUntilTheNextOne() {
        QFETCH(QString, sink);
        QFETCH(int, out);
        const std::string text = fiftyNumbers("a", "c", sink.toStdString());
        RunningSession session;
        QVERIFY(session.start(text).ok);
        QTRY_COMPARE(session->snapshot()->account.in, 50);
        session.await(session->stop(std::chrono::seconds(60)));
        const Account account = session->snapshot()->account;
        QVERIFY(!session->snapshot()->running);
        QVERIFY(session->snapshot()->nodes.empty());
        QCOMPARE(account.in, 50);
        QCOMPARE(account.out, out);
        QCOMPARE(account.inFlight, 50 - out);
        QVERIFY(session.start("").ok);
        QVERIFY(session->snapshot()->account == Account{});
    }
};

MILLRACE_TEST(AccountTest)
#include "tst_account.moc"
