#include "metrics/time_lag.h"
#include "support/test_program.h"

#include <QtTest>

using millrace::metrics::LogEndHistory;

class TestTimeLag : public QObject {
    Q_OBJECT
private slots:
    void lagIsTheAgeOfTheNextUnreadRecord_data() {
        QTest::addColumn<qint64>("committed");
        QTest::addColumn<qint64>("lagMs"); // -1: not known
        // The log grew by 100 a second from 0 at second 0 to 1000 at second 10; now is second 10.
        QTest::newRow("caught up") << qint64(1000) << qint64(0);
        QTest::newRow("committed beyond the end (log was cut)") << qint64(1200) << qint64(0);
        QTest::newRow("one second behind") << qint64(900) << qint64(1000);
        QTest::newRow("between two samples") << qint64(850) << qint64(1500);
        QTest::newRow("nothing read yet") << qint64(0) << qint64(10'000);
        QTest::newRow("older than the watch") << qint64(-5) << qint64(-1);
    }
    void lagIsTheAgeOfTheNextUnreadRecord() {
        QFETCH(qint64, committed);
        QFETCH(qint64, lagMs);
        LogEndHistory history;
        for (int second = 0; second <= 10; ++second) history.observe(second * 1000, second * 100);
        QCOMPARE(history.lagMs(10'000, committed).value_or(-1), lagMs);
    }

    void aQuietLogDoesNotMakeAnUnreadRecordLookOld() {
        LogEndHistory history;
        for (int second = 0; second <= 60; ++second) history.observe(second * 1000, 500);
        history.observe(61'000, 501); // the only unread record came a moment ago
        QCOMPARE(history.lagMs(61'100, 500).value_or(-1), qint64(1100));
    }

    void aTopicMadeAnewForgetsTheOldOne() {
        LogEndHistory history;
        history.observe(0, 900);
        history.observe(1000, 1000);
        history.observe(2000, 0);
        history.observe(3000, 10);
        QCOMPARE(history.lagMs(3000, 10).value_or(-1), qint64(0));
        QCOMPARE(history.lagMs(3000, 0).value_or(-1), qint64(1000));
    }

    void withoutAnySampleNothingIsClaimed() { QVERIFY(!LogEndHistory().lagMs(0, 0)); }
};

MILLRACE_TEST(TestTimeLag)
#include "tst_time_lag.moc"
