#include "session/log_store.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::session;

class TestLogStore : public QObject {
    Q_OBJECT
private slots:
    void aCursorReadsEachLineOnce() {
        LogStore store;
        store.write(LogLevel::info, "web/sinks/a", "one");
        store.write(LogLevel::error, "", "two");
        const LogPage first = store.page(0, 1);
        QCOMPARE(first.lines.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(first.lines[0].node), "web/sinks/a");
        const LogPage second = store.page(first.next, 10);
        QCOMPARE(second.lines.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(second.lines[0].text), "two");
        QCOMPARE(QString::fromStdString(second.lines[0].level), "error");
        QVERIFY(store.page(second.next, 10).lines.empty());
        QCOMPARE(store.page(second.next, 10).next, second.next);
    }

    void aSlowReaderIsToldHowManyLinesItMissed() {
        LogStore store;
        for (std::size_t i = 0; i < LogStore::kLines + 7; ++i) store.write(LogLevel::info, "", std::to_string(i));
        const LogPage page = store.page(0, 3);
        QCOMPARE(page.skipped, std::int64_t(7));
        QCOMPARE(QString::fromStdString(page.lines[0].text), "7");
    }

    void anEndlessLineIsCut() {
        LogStore store;
        store.write(LogLevel::info, "", std::string(1'000'000, 'x'));
        QCOMPARE(store.page(0, 1).lines[0].text.size(), LogStore::kLineBytes);
    }
};

MILLRACE_TEST(TestLogStore)
#include "tst_log_store.moc"
