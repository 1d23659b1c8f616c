#include "java/java_date.h"
#include "java/joda_time.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::java;

namespace {

constexpr std::int64_t kNow = 1'700'000'000'123; // Tuesday, 2023-11-14 22:13:20.123 UTC

} // namespace

/// In a zone of its own, so that the computer's plays no part.
class TestTimes : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("TZ", "XXX-5:30"); // east of Greenwich
        ::tzset();
    }

    void datesAreWrittenAsJavaDoes_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a date") << QByteArray("yyyy-MM-dd") << QByteArray("2023-11-15");
        QTest::newRow("a time") << QByteArray("HH:mm:ss.SSS") << QByteArray("03:43:20.123");
        QTest::newRow("single letters") << QByteArray("M/d H") << QByteArray("11/15 3");
        QTest::newRow("short years") << QByteArray("yy y") << QByteArray("23 23");
        QTest::newRow("names") << QByteArray("EEE EEEE MMM MMMM") << QByteArray("Wed Wednesday Nov November");
        QTest::newRow("half days") << QByteArray("hh a K k") << QByteArray("03 AM 3 3");
        QTest::newRow("zones") << QByteArray("Z ZZ X XX XXX") << QByteArray("+0530 +05:30 +05 +0530 +05:30");
        QTest::newRow("weeks") << QByteArray("D w W F u") << QByteArray("319 46 3 3 3");
        QTest::newRow("quoted letters") << QByteArray("yyyy'T''x'MM") << QByteArray("2023T'x11");
        QTest::newRow("a quote by itself") << QByteArray("HH''") << QByteArray("03'");
    }
    void datesAreWrittenAsJavaDoes() {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, text);
        const auto written = formatJavaDate(pattern.toStdString(), kNow);
        QVERIFY(written.has_value());
        QCOMPARE(QByteArray::fromStdString(*written), text);
    }

    void whatJavaRefusesIsNoPattern() {
        QVERIFY(!formatJavaDate("yyyy'", kNow));
        QVERIFY(!formatJavaDate("bbb", kNow));
        QCOMPARE(formatJavaDate("", kNow), std::optional(std::string()));
    }

    void timesAreReadAsJodaDoes_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("millis"); // UTC; -1: Joda throws
        const qint64 zone = (5 * 60 + 30) * 60'000LL;
        QTest::newRow("date and time") << QByteArray("yyyy-MM-dd HH:mm:ss") << QByteArray("2023-11-15 03:43:20")
                                       << qint64(1'700'000'000'000);
        QTest::newRow("without blanks") << QByteArray("yyyyMMddHHmmssSSS") << QByteArray("20231115034320123")
                                        << qint64(1'700'000'000'123);
        QTest::newRow("a zone in the text") << QByteArray("dd/MMM/yyyy:HH:mm:ss Z")
                                            << QByteArray("14/Nov/2023:22:13:20 +0000") << qint64(1'700'000'000'000);
        QTest::newRow("a zone with a colon") << QByteArray("yyyy-MM-dd'T'HH:mm:ssZZ")
                                             << QByteArray("2023-11-14T17:13:20-05:00") << qint64(1'700'000'000'000);
        QTest::newRow("names of months and days")
            << QByteArray("EEE MMM d HH:mm:ss yyyy") << QByteArray("wed november 15 3:43:20 2023")
            << qint64(1'700'000'000'000);
        QTest::newRow("half days") << QByteArray("MM/dd/yy hh:mm a") << QByteArray("01/02/24 12:05 AM")
                                   << qint64(1'704'153'900'000) - zone;
        QTest::newRow("only a time") << QByteArray("HH:mm") << QByteArray("06:00") << qint64(6 * 3'600'000) - zone;
        QTest::newRow("no year") << QByteArray("MM-dd") << QByteArray("01-01") << qint64(946'684'800'000) - zone;
        QTest::newRow("a fraction of one digit") << QByteArray("yyyy.SSS") << QByteArray("1970.5") << 500 - zone;
        QTest::newRow("more digits than milliseconds")
            << QByteArray("yyyy.SSSSSS") << QByteArray("1970.123456") << 123 - zone;
        QTest::newRow("the day of the year") << QByteArray("yyyy/D") << QByteArray("1970/2") << 86'400'000 - zone;
        QTest::newRow("a two-digit year long ago") << QByteArray("yy") << QByteArray("70") << 0 - zone;
        QTest::newRow("something behind it") << QByteArray("yyyy") << QByteArray("1970x") << qint64(-1);
        QTest::newRow("too short") << QByteArray("yyyy-MM") << QByteArray("1970") << qint64(-1);
        QTest::newRow("the 13th month") << QByteArray("yyyy-MM") << QByteArray("1970-13") << qint64(-1);
        QTest::newRow("a 29th of February that is none")
            << QByteArray("yyyy-MM-dd") << QByteArray("2023-02-29") << qint64(-1);
        QTest::newRow("25 o'clock") << QByteArray("HH") << QByteArray("25") << qint64(-1);
        QTest::newRow("words for a number") << QByteArray("yyyy") << QByteArray("year") << qint64(-1);
        QTest::newRow("nothing") << QByteArray("yyyy") << QByteArray() << qint64(-1);
    }
    void timesAreReadAsJodaDoes() {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, text);
        QFETCH(qint64, millis);
        const auto time = JodaTime::of(pattern.toStdString(), kNow);
        QVERIFY2(time.has_value(), time ? "" : time.error().message.c_str());
        QCOMPARE(time->read(text.toStdString()).value_or(-1), std::int64_t(millis));
    }

    void whatJodaRefusesIsNoPattern_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("a letter without a meaning") << QByteArray("yyyy-bb") << QByteArray("\"b\", which means");
        QTest::newRow("an open quote") << QByteArray("yyyy'T") << QByteArray("\"'\", which means");
        QTest::newRow("nothing") << QByteArray() << QByteArray("\"\", which means");
        QTest::newRow("a zone's name") << QByteArray("yyyy z") << QByteArray("not read here");
        QTest::newRow("a zone's id") << QByteArray("yyyy ZZZ") << QByteArray("not read here");
    }
    void whatJodaRefusesIsNoPattern() {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, why);
        const auto time = JodaTime::of(pattern.toStdString(), kNow);
        QVERIFY(!time.has_value());
        QVERIFY2(time.error().message.find(why.toStdString()) != std::string::npos, time.error().message.c_str());
    }
};

MILLRACE_TEST(TestTimes)
#include "tst_times.moc"
