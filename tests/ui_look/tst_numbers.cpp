#include "look/numbers.h"
#include "support/test_program.h"

#include <QLocale>
#include <QTest>

using namespace millrace;

class NumbersTest : public QObject {
    Q_OBJECT
private slots:
    void init() { QLocale::setDefault(QLocale::c()); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void count_data() {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        QTest::addColumn<QString>("chinese");
        const auto row = [](const char* name, qint64 value, const char16_t* en, const char16_t* de, const char16_t* zh) {
            QTest::newRow(name) << value << QString::fromUtf16(en) << QString::fromUtf16(de) << QString::fromUtf16(zh);
        };
        row("nothing", 0, u"0", u"0", u"0");
        row("small numbers are exact", 420, u"420", u"420", u"420");
        row("thousands get a thin space", 1000, u"1\u2009000", u"1\u2009000", u"1\u2009000");
        row("last exact one", 9999, u"9\u2009999", u"9\u2009999", u"9\u2009999");
        row("ten thousand", 10'000, u"10.0 k", u"10,0 k", u"1.00 万");
        row("three digits", 41'164, u"41.2 k", u"41,2 k", u"4.12 万");
        row("rounding goes into the next unit", 999'990, u"1.00 M", u"1,00 M", u"100 万");
        row("millions", 2'904'118, u"2.90 M", u"2,90 M", u"290 万");
        row("hundred millions", 290'000'000, u"290 M", u"290 M", u"2.90 亿");
        row("negative", -41'164, u"-41.2 k", u"-41,2 k", u"-4.12 万");
    }
    void count() {
        QFETCH(qint64, value);
        QTEST(look::count(value), "english");
        QLocale::setDefault(QLocale(QLocale::German));
        QTEST(look::count(value), "german");
        QLocale::setDefault(QLocale(QLocale::Chinese));
        QTEST(look::count(value), "chinese");
    }

    void rate_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << "0 /s";
        QTest::newRow("less than one") << 0.4 << "0.4 /s";
        QTest::newRow("a few") << 3.44 << "3.4 /s";
        QTest::newRow("hundreds are whole") << 199.7 << "200 /s";
        QTest::newRow("just below a thousand") << 999.4 << "999 /s";
        QTest::newRow("thousand by rounding") << 999.6 << "1.00 k/s";
        QTest::newRow("thousands") << 11'912.0 << "11.9 k/s";
        QTest::newRow("millions") << 9'500'000.0 << "9.50 M/s";
    }
    void rate() {
        QFETCH(double, value);
        QTEST(look::rate(value), "text");
    }

    void otherTexts_data() {
        QTest::addColumn<QString>("got");
        QTest::addColumn<QString>("expected");
        QTest::newRow("bytes") << look::bytes(512) << "512 B";
        QTest::newRow("megabytes") << look::bytes(412'300'000) << "412 MB";
        QTest::newRow("milliseconds") << look::duration(40) << "40 ms";
        QTest::newRow("seconds") << look::duration(5'100) << "5.1 s";
        QTest::newRow("many seconds") << look::duration(42'400) << "42 s";
        QTest::newRow("minutes") << look::duration(120'000) << "2 min";
        QTest::newRow("hours") << look::duration(6 * 3'600'000) << "6 h";
        QTest::newRow("percent") << look::percent(0.42) << "42 %";
        QTest::newRow("almost full is not full") << look::percent(0.999) << ">99 %";
        QTest::newRow("almost empty is not empty") << look::percent(0.001) << "<1 %";
        QTest::newRow("full") << look::percent(1) << "100 %";
        QTest::newRow("clock") << look::clock(252'000) << "00:04:12";
        QTest::newRow("clock beyond a day") << look::clock(100'000'000) << "27:46:40";
        QTest::newRow("exact") << look::exact(2'904'118) << QString::fromUtf16(u"2\u2009904\u2009118");
        QTest::newRow("exact negative") << look::exact(-123) << "-123";
    }
    void otherTexts() {
        QFETCH(QString, got);
        QTEST(got, "expected");
    }
};

MILLRACE_TEST(NumbersTest)
#include "tst_numbers.moc"
