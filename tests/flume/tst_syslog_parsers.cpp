#include "flume/sources/syslog/strict_syslog_parser.h"
#include "flume/sources/syslog/syslog_parser.h"
#include "support/test_program.h"

#include <QtTest>

#include <ctime>

using namespace millrace;
using namespace millrace::flume;

namespace {

/// 2026-11-30 12:00:00 UTC, eight in the evening in Shanghai.
constexpr std::int64_t kNow = 1'796'040'000'000;

/// "priority|version|host|timestamp|body", with the status in front when something is wrong.
QByteArray textOf(const SyslogMessage& message) {
    const auto bytes = [](std::string_view view) {
        return QByteArray(view.data(), static_cast<qsizetype>(view.size()));
    };
    QByteArray text = message.status == SyslogMessage::Status::invalid      ? "Invalid "
                      : message.status == SyslogMessage::Status::incomplete ? "Incomplete "
                                                                            : "";
    text += message.facilityAndSeverity ? QByteArray::number(*message.facilityAndSeverity) : "none";
    text += '|' + bytes(message.priority) + '|' + bytes(message.version) + '|' + bytes(message.host) + '|';
    text += message.timestamp ? QByteArray::number(static_cast<qlonglong>(*message.timestamp)) : QByteArray();
    return text + '|' + bytes(message.body);
}

QByteArray lenient(const QByteArray& line, const char* kept = "none", bool cut = false, std::int64_t now = kNow) {
    SyslogParser parser(KeptFields::of(kept), {});
    return textOf(parser.parse(line.toStdString(), cut, now));
}

QByteArray strict(const QByteArray& line, const char* kept = "none", const char* charset = "UTF-8", bool cut = false,
                  std::int64_t now = kNow) {
    const auto parser = StrictSyslogParser::make(KeptFields::of(kept), *java::findCharset(charset));
    const std::string text = line.toStdString();
    return textOf((*parser)->parse(text, cut, now));
}

std::int64_t at(int year, int month, int day, int hour = 12) {
    std::tm time{};
    time.tm_year = year - 1900;
    time.tm_mon = month - 1;
    time.tm_mday = day;
    time.tm_hour = hour;
    return ::timegm(&time) * 1000;
}

} // namespace

class TestSyslogParsers : public QObject {
    Q_OBJECT

    static void lines() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("message");
    }
    static void row(const char* name, const QByteArray& line, const QByteArray& message) {
        QTest::newRow(name) << line << message;
    }

private slots:
    void initTestCase() {
        qputenv("TZ", "Asia/Shanghai");
        ::tzset();
    }

    void headersAreReadWhereTheyHaveTheForm_data() {
        lines();
        row("RFC 5424", "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - BOM",
            "34|34|1|mymachine.example.com|1065910455003|su - ID47 - BOM");
        row("RFC 3164", "<34>Oct 11 22:14:15 mymachine su: failed", "34|34||mymachine|1791728055000|su: failed");
        row("a day of one digit", "<13>Oct  1 22:14:15 h x", "13|13||h|1790864055000|x");
        row("neither time nor host", "<13>1 - - body", "13|13|1|||body");
        row("no version in front of a year", "<13>2003-10-11T22:14:15Z h b", "13|13||h|1065910455000|b");
        row("a version in front of a month", "<13>3 Oct 11 22:14:15 h v3", "13|13|3|h|1791728055000|v3");
        row("a priority beyond all facilities", "<999>Oct 11 22:14:15 h x", "999|999||h|1791728055000|x");
        row("an offset behind a fraction", "<13>2003-10-11T22:14:15.5+02:00 h b", "13|13||h|1065903255500|b");
        row("an offset to the west", "<13>2003-10-11T22:14:15.000001-07:00 h b", "13|13||h|1065935655000|b");
        row("no offset", "<13>1 2003-10-11T22:14:15 h b", "13|13|1|h|1065881655000|b");
        row("a carriage return stays", "<13>2003-10-11T22:14:15Z h b\r", "13|13||h|1065910455000|b\r");
        row("bytes that are no text stay", "<13>Oct 11 22:14:15 h \xff\xe4", "13|13||h|1791728055000|\xff\xe4");
        row("a month that is none", "<13>Foo 12 22:14:15 h b", "13|13||h||b");
        row("a day that does not exist counts on", "<13>Jan 32 25:14:15 h b", "13|13||h|1769966055000|b");
        row("nothing behind the host", "<13>Oct 11 22:14:15 h ", "13|13||h|1791728055000|<13>Oct 11 22:14:15 h ");
    }
    void headersAreReadWhereTheyHaveTheForm() {
        QFETCH(QByteArray, line);
        QTEST(lenient(line), "message");
    }

    void otherHeadersLeaveTheLineWhole_data() {
        lines();
        const auto whole = [](const char* name, const QByteArray& line) { row(name, line, "13|||||" + line); };
        whole("no header", "<13>no header here");
        whole("an address as host", "<13>Oct 11 22:14:15 fe80::1 b");
        whole("a version of two digits", "<13>33 Oct 11 22:14:15 h b");
        whole("nanoseconds", "<13>1 2003-10-11T22:14:15.123456789Z h b");
        whole("nothing behind the time", "<13>Oct 11 22:14:15");
        whole("no blank behind the host", "<13>Oct 11 22:14:15 h");
        whole("a priority alone", "<13>");
    }
    void otherHeadersLeaveTheLineWhole() {
        QFETCH(QByteArray, line);
        QTEST(lenient(line), "message");
    }

    void withoutAPriorityALineIsInvalid_data() {
        QTest::addColumn<QByteArray>("line");
        for (const char* line : {"plain", "<", "<>x", "<13", "<1234>y", "<1x>y", " <13>x", "<-1>x"})
            QTest::newRow(line) << QByteArray(line);
    }
    void withoutAPriorityALineIsInvalid() {
        QFETCH(QByteArray, line);
        QCOMPARE(lenient(line), "Invalid 0|||||" + line);
        QCOMPARE(strict(line), "Invalid none|||||" + line);
    }

    void nothingOfAMessageStaysForTheNext() {
        SyslogParser parser({}, {});
        (void)parser.parse("<34>1 2003-10-11T22:14:15.003Z h b", false, kNow);
        QCOMPARE(textOf(parser.parse("<13>nothing", false, kNow)), QByteArray("13|||||<13>nothing"));
        QCOMPARE(textOf(parser.parse("plain", false, kNow)), QByteArray("Invalid 0|||||plain"));
    }

    void fieldsAreKeptInFrontOfTheBody_data() {
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("body");
        const QByteArray full = "<34>1 2003-10-11T22:14:15.003Z h b c";
        const auto row = [&](const char* name, const char* kept, const QByteArray& line, const QByteArray& body) {
            QTest::newRow(name) << QByteArray(kept) << line << body;
        };
        row("nothing", "none", full, "b c");
        row("nothing, by its old name", "False", full, "b c");
        row("everything", "all", full, full);
        row("everything, by its old name", " TRUE ", full, full);
        row("the priority", "priority", full, "<34>b c");
        row("all of the four", "hostname timestamp,version;priority", full, full);
        row("the time as it stands there", "timestamp", "<34>Oct  1 22:14:15 h b", "Oct  1 22:14:15 b");
        row("a version that is not there", "version hostname", "<34>Oct 11 22:14:15 h b", "h b");
        row("what the message left out", "timestamp hostname", "<34>1 - - b", "- - b");
        row("an empty body", "hostname", "<34>Oct 11 22:14:15 h ", "h ");
        row("a word that is no field", "severity", full, "b c");
    }
    void fieldsAreKeptInFrontOfTheBody() {
        QFETCH(QByteArray, kept);
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, body);
        QCOMPARE(lenient(line, kept).split('|').value(5), body);
        QCOMPARE(strict(line, kept).split('|').value(5), body == "h " ? line : body);
    }

    void aTimeWithoutAYearIsNearNow_data() {
        QTest::addColumn<qint64>("now");
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<int>("year");
        const auto row = [](const char* name, std::int64_t now, const char* time, int year) {
            QTest::newRow(name) << static_cast<qint64>(now) << QByteArray(time) << year;
        };
        row("today", at(2026, 6, 15), "Jun 15 12:00:00", 2026);
        row("ten months ago", at(2026, 12, 15), "Feb 15 12:00:00", 2026);
        row("from last year", at(2026, 1, 1), "Dec 31 12:00:00", 2025);
        row("a clock that is ahead at the end of the year", at(2026, 12, 31), "Jan  1 12:00:00", 2027);
        row("in less than a month", at(2026, 6, 15), "Jul 14 12:00:00", 2026);
        row("in more than a month", at(2026, 6, 15), "Jul 17 12:00:00", 2025);
        row("a day that the month before has not", at(2026, 2, 28), "Mar 31 23:00:00", 2025);
    }
    void aTimeWithoutAYearIsNearNow() {
        QFETCH(qint64, now);
        QFETCH(QByteArray, time);
        QFETCH(int, year);
        const QByteArray utc = strict("<13>" + time + " h b", "none", "UTF-8", false, now).split('|').value(4);
        const QByteArray local = lenient("<13>" + time + " h b", "none", false, now).split('|').value(4);
        const auto yearIn = [](const QByteArray& millis) {
            const std::time_t seconds = millis.toLongLong() / 1000;
            return ::gmtime(&seconds)->tm_year + 1900;
        };
        QCOMPARE(yearIn(utc), year);
        QCOMPARE(yearIn(local), year);
        QCOMPARE(utc.toLongLong() - local.toLongLong(), 8 * 3600 * 1000LL);
    }

    void theYearIsLookedForAgain() {
        SyslogTimes times(SyslogZone::utc);
        QCOMPARE(times.read3164("Jan  2 00:00:00", at(2026, 1, 2, 0)), at(2026, 1, 2, 0));
        QCOMPARE(times.read3164("Jan  2 00:00:00", at(2027, 1, 2, 0)), at(2027, 1, 2, 0));
    }

    void oneHeaderMoreCanBeDescribed() {
        RealTimeServices services;
        SyslogFormatOptions options;
        options.regex = "<(\\d+)>(x)? ?\\[([^\\]]*)\\] (\\S+): (.*)";
        options.search = "(\\d+)/(\\d+)";
        options.replace = "$2-$1";
        options.dateFormat = "yyyy-MM-dd HH:mm:ss Z";
        auto format = SyslogFormat::of(options, services.services);
        QVERIFY2(format.has_value(), format ? "" : format.error().message.c_str());
        SyslogParser parser({}, std::move(*format));
        const auto read = [&](const char* line) { return textOf(parser.parse(line, false, kNow)); };
        QCOMPARE(read("<13>[2026-07/06 10:00:00 +0000] box: hello"), QByteArray("13|13||box|1780826400000|hello"));
        QCOMPARE(read("<13>[some day] box: hello"), QByteArray("13|13||box||hello"));
        QCOMPARE(read("<13>Oct 11 22:14:15 h b"), QByteArray("13|13||h|1791728055000|b"));
    }

    void aDescriptionThatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("regex");
        QTest::addColumn<QByteArray>("search");
        QTest::addColumn<QByteArray>("replace");
        QTest::addColumn<QByteArray>("dateFormat");
        QTest::addColumn<QByteArray>("where");
        const QByteArray none;
        QTest::newRow("a broken pattern") << QByteArray("(") << none << none << none << QByteArray("format.regex");
        QTest::newRow("a broken search") << QByteArray("x") << QByteArray("[") << none << none
                                         << QByteArray("format.search");
        QTest::newRow("a group that is not there")
            << QByteArray("x") << QByteArray("a") << QByteArray("$1") << none << QByteArray("format.replace");
        QTest::newRow("no pattern of a date")
            << QByteArray("x") << none << none << QByteArray("bb") << QByteArray("format.dateFormat");
    }
    void aDescriptionThatCannotBeUsedIsRefused() {
        QFETCH(QByteArray, regex);
        QFETCH(QByteArray, search);
        QFETCH(QByteArray, replace);
        QFETCH(QByteArray, dateFormat);
        QFETCH(QByteArray, where);
        RealTimeServices services;
        const auto format = SyslogFormat::of(
            {regex.toStdString(), search.toStdString(), replace.toStdString(), dateFormat.toStdString()},
            services.services);
        QVERIFY(!format);
        QVERIFY2(format.error().message.starts_with(where.toStdString()), format.error().message.c_str());
    }

    void theStrictParserWantsTimeAndHost_data() {
        lines();
        row("RFC 5424", "<34>1 2003-10-11T22:14:15.003Z mymachine su", "34|34|1|mymachine|1065910455003|su");
        row("RFC 3164, in UTC", "<34>Oct 11 22:14:15 mymachine su", "34|34||mymachine|1791756855000|su");
        row("an offset", "<13>2003-10-11T22:14:15.5+02:00 h b5", "13|13||h|1065903255500|b5");
        row("more digits than are kept", "<13>1 2003-10-11T22:14:15.1234567Z h b", "13|13|1|h|1065910455123|b");
        row("now", "<13>1 - - body", "13|13|1|-|1796040000000|body");
        row("an address as host", "<13>Oct 11 22:14:15 fe80::1 b", "13|13||fe80::1|1791756855000|b");
        row("nothing behind the host", "<13>Oct 11 22:14:15 h ", "13|13||h|1791756855000|<13>Oct 11 22:14:15 h ");
        row("a month that is none", "<13>Foo 12 22:14:15 h b", "13|13||h||b");
        row("a day of one digit without a blank", "<13>Oct 1 22:14:15 h x", "13|13||h|1790892855000|x");
        row("a priority of five digits", "<12345>Oct 11 22:14:15 h b", "12345|12345||h|1791756855000|b");
    }
    void theStrictParserWantsTimeAndHost() {
        QFETCH(QByteArray, line);
        QTEST(strict(line), "message");
    }

    void whatTheStrictParserCannotReadIsInvalid_data() {
        QTest::addColumn<QByteArray>("line");
        for (const char* line :
             {"<13>no header here", "<13>1 2003-10-11T22:14:15 h no zone", "<13>1 2003-10-11T22:14:15.123 h no zone",
              "<13>1 2003-10-11T22:14:15.Z h b", "<13>1 2003-10-11T22:14:15Zx h b", "<13>3 Oct 11 22:14:15 h b",
              "<13>Oct 11 22:14:15 h", "<13>Oct 11 22:14:15", "<13>-", "<13>- h", "<13>", "<123456>Oct 11 22:14:15 h b",
              "<13>Oct 11 22:14:15 h \xff\xe4"})
            QTest::newRow(line) << QByteArray(line);
    }
    void whatTheStrictParserCannotReadIsInvalid() {
        QFETCH(QByteArray, line);
        QCOMPARE(strict(line), "Invalid none|||||" + line);
    }

    void theStrictParserReadsOtherCharsets_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("name"); ///< empty: invalid
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("\xc4\xe3") << QByteArray("\xe4\xbd\xa0");
        QTest::newRow("half a character of GBK") << QByteArray("GBK") << QByteArray("\xff") << QByteArray();
        QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("\xe4") << QByteArray("\xc3\xa4");
        QTest::newRow("ASCII") << QByteArray("US-ASCII") << QByteArray("\xe4") << QByteArray();
    }
    void theStrictParserReadsOtherCharsets() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, name);
        const QByteArray line = "<13>Oct 11 22:14:15 " + host + " b" + host;
        const QByteArray expected =
            name.isEmpty() ? "Invalid none|||||" + line : "13|13||" + name + "|1791756855000|b" + host;
        QCOMPARE(strict(line, "none", charset), expected);
    }

    void aCutMessageIsIncompleteWhereItIsOne() {
        QCOMPARE(lenient("<13>Oct 11 22:14:15 h b", "none", true), QByteArray("Incomplete 13|13||h|1791728055000|b"));
        QCOMPARE(lenient("plain", "none", true), QByteArray("Invalid 0|||||plain"));
        QCOMPARE(strict("<13>Oct 11 22:14:15 h b", "none", "UTF-8", true),
                 QByteArray("Incomplete 13|13||h|1791756855000|b"));
        QCOMPARE(strict("plain", "none", "UTF-8", true), QByteArray("Invalid none|||||plain"));
    }

private:
    struct RealTimeServices {
        RealTimeServices() {
            services.clock = &systemThreadClock();
            services.log = &stderrLog();
        }
        ComponentServices services;
    };
};

MILLRACE_TEST(TestSyslogParsers)
#include "tst_syslog_parsers.moc"
