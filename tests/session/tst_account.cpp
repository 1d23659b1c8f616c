#include "session/account_book.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::session;

namespace {

NodeSnapshot counted(const char* id, std::int64_t out, std::int64_t startedMs = 1) {
    NodeSnapshot node;
    node.id = id;
    node.startedMs = startedMs;
    node.out = out;
    return node;
}

Snapshot running(std::vector<NodeSnapshot> nodes) {
    Snapshot snapshot;
    snapshot.running = true;
    snapshot.nodes = std::move(nodes);
    return snapshot;
}

} // namespace

class AccountTest : public QObject {
    Q_OBJECT
private slots:
    void whatEndedComponentsCountedStaysInTheAccount_data() {
        QTest::addColumn<QString>("sink");
        QTest::addColumn<int>("out");
        QTest::addColumn<int>("startedMs");
        QTest::addColumn<int>("expected");
        QTest::newRow("the sink is deleted") << QString() << 0 << 0 << 90;
        QTest::newRow("the sink goes on") << "a/sinks/k" << 95 << 1 << 95;
        QTest::newRow("the sink is started anew") << "a/sinks/k" << 4 << 7 << 94;
        QTest::newRow("the sink is renamed") << "a/sinks/other" << 95 << 1 << 95;
        QTest::newRow("another takes its place") << "a/sinks/other" << 3 << 7 << 93;
    }
    void whatEndedComponentsCountedStaysInTheAccount() {
        QFETCH(QString, sink);
        QFETCH(int, out);
        QFETCH(int, startedMs);
        QFETCH(int, expected);
        AccountBook book;
        book.add(running({counted("a/sources/s", 100), counted("a/sinks/k", 90)}));
        std::vector<NodeSnapshot> later{counted("a/sources/s", 100)};
        const std::string id = sink.toStdString();
        if (!id.empty()) later.push_back(counted(id.c_str(), out, startedMs));
        QCOMPARE(book.add(running(later)).out, expected);
        QCOMPARE(book.add(running(later)).out, expected);
        QCOMPARE(book.add(running(later)).in, 100);
        // After the stop it stays; the next run begins at nothing.
        QCOMPARE(book.add({}).out, expected);
        QCOMPARE(book.add(running({counted("a/sinks/k", 2, 9)})).out, 2);
    }

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
