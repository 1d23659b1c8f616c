#include "flume/support/tail_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class TestSourceTaildir : public QObject {
    Q_OBJECT
private slots:
    void linesOfAFileThatIsThereAreRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("line feeds") << QByteArray("a\nb\n") << QStringList{"a", "b"};
        QTest::newRow("carriage returns before them") << QByteArray("a\r\nb\r\n") << QStringList{"a", "b"};
        QTest::newRow("a carriage return alone stays") << QByteArray("a\rb\n") << QStringList{"a\rb"};
        QTest::newRow("empty lines") << QByteArray("\n\na\n") << QStringList{"", "", "a"};
        QTest::newRow("an unfinished line is held back") << QByteArray("a\nb") << QStringList{"a"};
    }
    void linesOfAFileThatIsThereAreRead() {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        Tail tail;
        appendTo(tail.file("x.log"), std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        tail.start();
        tail.settle();
        QStringList got;
        for (const auto& body : tail.events.bodies)
            got << QString::fromStdString(body);
        QCOMPARE(got, expected);
    }

    void growthWakesTheSource() {
        Tail tail;
        appendTo(tail.file("x.log"), "one\n");
        tail.start();
        QCOMPARE(tail.lines(1), Lines{"one"});
        tail.settle();
        appendTo(tail.file("x.log"), "tw");
        appendTo(tail.file("x.log"), "o\nthree\n");
        QCOMPARE(tail.lines(3), (Lines{"one", "two", "three"}));
    }

    void aNewFileIsFound() {
        Tail tail;
        tail.start();
        tail.settle();
        appendTo(tail.file("other.txt"), "no\n");
        appendTo(tail.file("new.log"), "yes\n");
        QCOMPARE(tail.lines(1), Lines{"yes"});
    }

    void binaryBodiesAreKept() {
        Tail tail;
        const std::string body("\0\xff\xfe\x80 \x01", 6);
        appendTo(tail.file("x.log"), body + "\n");
        tail.start();
        QCOMPARE(tail.lines(1), Lines{body});
    }

    void batchesAreAsLargeAsAsked() {
        Tail tail(catalog::Properties{{"batchSize", "2"}});
        appendTo(tail.file("x.log"), "1\n2\n3\n4\n5\n");
        tail.start();
        tail.lines(5);
        QCOMPARE(tail.events.batches, (std::vector<std::size_t>{2, 2, 1}));
        QCOMPARE(tail.count("EventAcceptedCount"), 5);
        QCOMPARE(tail.count("AppendBatchAcceptedCount"), 3);
    }

    void filesTakeTurnsAfterMaxBatchCount() {
        Tail tail(catalog::Properties{{"batchSize", "1"}, {"maxBatchCount", "2"}});
        appendTo(tail.file("a.log"), "a1\na2\na3\n");
        appendTo(tail.file("b.log"), "b1\n");
        tail.start();
        const Lines lines = tail.lines(4);
        QCOMPARE(std::set<std::string>(lines.begin(), lines.end()).size(), 4u);
        const auto a3 = std::find(lines.begin(), lines.end(), "a3");
        const auto b1 = std::find(lines.begin(), lines.end(), "b1");
        QVERIFY(b1 < a3);
    }

    void aRefusedBatchComesAgainInOrder() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        tail.events.refusals = 2;
        const auto first = tail.source->cycle(tail.events);
        QVERIFY(first->outcome == Cycle::Outcome::backoff);
        QCOMPARE(tail.lines(2), (Lines{"a", "b"}));
        QCOMPARE(tail.count("ChannelWriteFail"), 2);
    }

    void anUnfinishedLineIsDeliveredWhenTheFileIsIdle() {
        Tail tail(catalog::Properties{{"idleTimeout", "20"}});
        appendTo(tail.file("x.log"), "a\nunfinished");
        tail.start();
        QCOMPARE(tail.lines(2), (Lines{"a", "unfinished"}));
        appendTo(tail.file("x.log"), " rest\n");
        QCOMPARE(tail.lines(3).back(), " rest");
    }

    void headersNameGroupFileAndOffset() {
        Tail tail(catalog::Properties{{"headers.g.site", "paris"},
                                      {"fileHeader", "true"},
                                      {"fileHeaderKey", "path"},
                                      {"byteOffsetHeader", "true"}});
        appendTo(tail.file("x.log"), "ab\ncd\n");
        tail.start();
        tail.lines(2);
        const HeaderSet& second = tail.events.headers[1];
        QCOMPARE(*second.find("site"), "paris");
        QCOMPARE(*second.find("path"), tail.file("x.log").string());
        QCOMPARE(*second.find("byteoffset"), "3");
    }

    void skipToEndLeavesOutWhatIsThere() {
        Tail tail(catalog::Properties{{"skipToEnd", "true"}});
        appendTo(tail.file("x.log"), "old\n");
        tail.start();
        tail.settle();
        appendTo(tail.file("x.log"), "new\n");
        appendTo(tail.file("later.log"), "all of it\n");
        const Lines lines = tail.lines(2);
        QCOMPARE(std::set<std::string>(lines.begin(), lines.end()), (std::set<std::string>{"new", "all of it"}));
    }

    void aLineWithoutEndIsCutAndMemoryStaysBounded() {
        Tail tail;
        const std::string piece(1u << 20, 'x');
        for (int i = 0; i < 20; ++i)
            appendTo(tail.file("x.log"), piece);
        appendTo(tail.file("x.log"), "\nnext\n");
        tail.start();
        const Lines lines = tail.lines(3);
        QCOMPARE(lines[0].size(), TailReader::kLongestLine);
        QCOMPARE(lines[0].size() + lines[1].size(), 20 * piece.size());
        QCOMPARE(lines[2], "next");
    }

    void aMissingDirectoryFailsTheStart() {
        Tail tail;
        fs::remove(tail.path("logs"));
        auto made = tail.make(
            &makeTaildirSource,
            {{"filegroups", "g"}, {"filegroups.g", "logs/x"}, {"channels", "c"}, {"positionFile", "state/p"}});
        const Status started = (*made)->start();
        QVERIFY(!started.has_value());
        QVERIFY(started.error().message.find("logs") != std::string::npos);
        fs::create_directories(tail.path("logs"));
        QVERIFY((*made)->start().has_value());
    }

    void thousandsOfIdleFilesHoldNoDescriptor() {
        Tail tail(catalog::Properties{{"idleTimeout", "1"}});
        for (int i = 0; i < 2000; ++i)
            appendTo(tail.file(std::to_string(i) + ".log"), "line\n");
        tail.start();
        tail.lines(2000);
        const auto descriptors = [] {
            return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
        };
        runUntil(*tail.source, tail.events, tail.wakeUp, [&] { return descriptors() < 50; });
        appendTo(tail.file("1999.log"), "again\n");
        QCOMPARE(tail.lines(2001).back(), "again");
    }

    void badPropertiesAreRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("a pattern without directory") << "filegroups.g"
                                                     << "x.log"
                                                     << "./x.log";
        QTest::newRow("a position file without directory") << "positionFile"
                                                           << "p.json"
                                                           << "./p.json";
        QTest::newRow("a batch size that is no number") << "batchSize"
                                                        << "many"
                                                        << "batchSize";
    }
    void badPropertiesAreRefused() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, named);
        Tail tail;
        catalog::Properties values{
            {"filegroups", "g"}, {"filegroups.g", "logs/x"}, {"channels", "c"}, {"positionFile", "state/p"}};
        values.insert_or_assign(key.toStdString(), value.toStdString());
        const auto made = tail.make(&makeTaildirSource, values);
        QVERIFY(!made.has_value());
        QVERIFY2(QString::fromStdString(made.error().message).contains(named), made.error().message.c_str());
    }
};

MILLRACE_TEST(TestSourceTaildir)
#include "tst_source_taildir.moc"
