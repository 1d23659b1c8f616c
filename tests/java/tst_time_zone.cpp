#include "java/time_zone.h"
#include "java/zone_file.h"
#include "support/test_program.h"

#include <QtTest>

#include <ctime>

using namespace millrace;
using namespace millrace::java;

class TestTimeZone : public QObject {
    Q_OBJECT

private slots:
    void localTimesAreThoseOfTheZone_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("local");
        const auto row = [](const char* what, const char* name, qint64 seconds, const char* local) {
            QTest::newRow(what) << name << seconds << local;
        };
        row("Shanghai", "Asia/Shanghai", 1709268432, "2024-03-01 12:47:12 +0800");
        row("Shanghai in the summer time of 1988", "Asia/Shanghai", 583000000, "1988-06-23 01:26:40 +0900");
        row("New York, the second before summer", "America/New_York", 1710053999, "2024-03-10 01:59:59 -0500");
        row("New York, the first second of summer", "America/New_York", 1710054000, "2024-03-10 03:00:00 -0400");
        row("New York, the last of summer", "America/New_York", 1730613599, "2024-11-03 01:59:59 -0400");
        row("New York, winter again", "America/New_York", 1730613600, "2024-11-03 01:00:00 -0500");
        row("New York, long after the table ends", "America/New_York", 2540000000, "2050-06-27 23:33:20 -0400");
        row("New York, a winter long after", "America/New_York", 2556143999, "2050-12-31 18:59:59 -0500");
        row("Sydney, a summer long after", "Australia/Sydney", 2556143999, "2051-01-01 10:59:59 +1100");
        row("Sydney, a winter long after", "Australia/Sydney", 2540000000, "2050-06-28 13:33:20 +1000");
        row("Dublin, whose winter is the exception", "Europe/Dublin", 1709268432, "2024-03-01 04:47:12 +0000");
        row("Kathmandu", "Asia/Kathmandu", 1709268432, "2024-03-01 10:32:12 +0545");
        row("before all tables", "America/New_York", -3000000000, "1874-12-07 13:43:58 -0456");
        row("one of Java's old names", "CTT", 1709268432, "2024-03-01 12:47:12 +0800");
        row("Los Angeles by its old name", "PST", 1709268432, "2024-02-29 20:47:12 -0800");
        row("a distance", "GMT+8", 1709268432, "2024-03-01 12:47:12 +0800");
        row("a distance in minutes", "GMT-03:30", 1709268432, "2024-03-01 01:17:12 -0330");
        row("a distance in four digits", "GMT+0545", 1709268432, "2024-03-01 10:32:12 +0545");
        row("UTC", "UTC", 1709268432, "2024-03-01 04:47:12 +0000");
    }
    void localTimesAreThoseOfTheZone() {
        QFETCH(QString, name);
        QFETCH(qint64, seconds);
        const auto zone = TimeZone::named(name.toStdString());
        QVERIFY2(zone, "no such zone");
        const std::tm local = (*zone)->at(seconds);
        char text[64];
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %z", &local);
        QTEST(QString(text), "local");
    }

    void whatIsNoZoneIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"Mars/Base", "", "../../etc/passwd", "/etc/localtime", "GMT+24", "GMT+8:5", "GMT+",
                                 "GMT+1:60", "Asia", "zone.tab"})
            QTest::newRow(*name ? name : "nothing") << name;
    }
    void whatIsNoZoneIsRefused() {
        QFETCH(QString, name);
        const auto zone = TimeZone::named(name.toStdString());
        QVERIFY(!zone);
        QCOMPARE(zone.error().code, ErrorCode::notFound);
    }

    void damagedFilesAreRefused() {
        QFile file("/usr/share/zoneinfo/America/New_York");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        QVERIFY(ZoneFile::read({reinterpret_cast<const std::uint8_t*>(whole.data()), std::size_t(whole.size())}));
        for (int size = 0; size < whole.size() - 40; size += 7) // without its last line it is one, too
            QVERIFY(!ZoneFile::read({reinterpret_cast<const std::uint8_t*>(whole.data()), std::size_t(size)}));
        for (int at = 0; at < whole.size(); ++at) {
            QByteArray bent = whole;
            bent[at] = char(bent[at] ^ 0xff);
            if (const auto read =
                    ZoneFile::read({reinterpret_cast<const std::uint8_t*>(bent.data()), std::size_t(bent.size())}))
                (void)read->at(1709268432); // whatever it says, it ends
        }
    }

    void thisComputersZoneIsWhatLocaltimeSays() {
        const std::time_t now = 1709268432;
        std::tm expected{};
        ::localtime_r(&now, &expected);
        QCOMPARE(TimeZone::ofThisComputer()->at(now).tm_hour, expected.tm_hour);
    }
};

MILLRACE_TEST(TestTimeZone)
#include "tst_time_zone.moc"
