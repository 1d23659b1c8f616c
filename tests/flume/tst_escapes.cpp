#include "flume/sinks/escapes.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using Unit = EscapeTime::Unit;

class TestEscapes : public QObject {
    Q_OBJECT

private slots:
    void timesAreRoundedDownInTheirZone_data() {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("roundTo");
        QTest::addColumn<int>("unit");
        QTest::addColumn<qint64>("epochMs");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* zone, int roundTo, Unit unit, qint64 epochMs,
                            const char* expected) {
            QTest::newRow(name) << zone << roundTo << int(unit) << epochMs << expected;
        };
        row("not at all", "UTC", 0, Unit::second, 1709268432345, "2024-03-01 04:47:12");
        row("ten seconds", "UTC", 10, Unit::second, 1709268432345, "2024-03-01 04:47:10");
        row("fifteen minutes", "UTC", 15, Unit::minute, 1709268432345, "2024-03-01 04:45:00");
        row("six hours", "UTC", 6, Unit::hour, 1709268432345, "2024-03-01 00:00:00");
        row("six hours of Shanghai", "Asia/Shanghai", 6, Unit::hour, 1709268432345, "2024-03-01 12:00:00");
        row("a day of Shanghai", "Asia/Shanghai", 24, Unit::hour, 1709268432345, "2024-03-01 00:00:00");
        row("over the begin of summer", "America/New_York", 12, Unit::hour, 1710088200000, "2024-03-10 12:00:00");
        row("a day whose summer begins", "America/New_York", 24, Unit::hour, 1710088200000, "2024-03-10 00:00:00");
        row("before 1970", "UTC", 1, Unit::hour, -1, "1969-12-31 23:00:00");
    }
    void timesAreRoundedDownInTheirZone() {
        QFETCH(QString, zone);
        QFETCH(int, roundTo);
        QFETCH(int, unit);
        QFETCH(qint64, epochMs);
        EscapeTime time;
        time.zone = *java::TimeZone::named(zone.toStdString());
        time.roundTo = roundTo;
        time.unit = Unit(unit);
        const HeaderSet headers = HeaderSet().with("timestamp", std::to_string(epochMs));
        QTEST(QString::fromStdString(*expandEscapes("%Y-%m-%d %H:%M:%S", headers, time)), "expected");
    }

    void theRawHeaderIsNeverRounded() {
        EscapeTime time;
        time.zone = *java::TimeZone::named("UTC");
        time.roundTo = 24;
        time.unit = Unit::hour;
        const HeaderSet headers = HeaderSet().with("timestamp", "1709268432345");
        QCOMPARE(*expandEscapes("%t %s", headers, time), "1709268432345 1709251200");
    }

    void theClockStandsInForTheHeader() {
        EscapeTime time;
        time.zone = *java::TimeZone::named("GMT+8");
        time.now = 0;
        QCOMPARE(*expandEscapes("%H%z", HeaderSet().with("timestamp", "1709268432345"), time), "08+0800");
        QVERIFY(!expandEscapes("%H", HeaderSet()));
    }
};

MILLRACE_TEST(TestEscapes)
#include "tst_escapes.moc"
