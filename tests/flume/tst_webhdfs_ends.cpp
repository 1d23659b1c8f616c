// How files of an hdfs sink end when a call was given up or HDFS cannot do what is asked.
#include "flume/support/web_hdfs_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class TestWebHdfsEnds : public QObject {
    Q_OBJECT

private slots:
    void whatWasGivenUpDoesNotArriveLater() {
        WebBench web;
        QCOMPARE(web.write("one"), "");
        web.hdfs.setTwist(toThe("APPEND", false, FakeHdfs::later()));
        QString error;
        std::thread runner([&] { error = web.write("two"); });
        QTRY_COMPARE(web.hdfs.count("APPEND"), 1);
        web.bench->sink->interrupt();
        runner.join();
        QVERIFY2(error.contains("was ended"), qPrintable(error));
        web.bench->sink->stop();
        web.hdfs.answerLate();
        QVERIFY(web.bench->start());
        QCOMPARE(web.writeAgain(), ""); // by then the late answer has been heard
        QCOMPARE(web.write("three"), "");
        QCOMPARE(web.hdfs.count("APPEND", true), 1); // of "three"
        QCOMPARE(web.contents(), (QStringList{"one\n", "two\nthree\n"}));
    }

    void whatCannotBeCutBackGetsItsNameAtLast_data() {
        QTest::addColumn<QString>("tries");
        QTest::newRow("at the stop") << "0";
        QTest::newRow("after the tries that are allowed") << "1";
    }
    void whatCannotBeCutBackGetsItsNameAtLast() {
        QFETCH(QString, tries);
        WebBench web(catalog::Properties{{"hdfs.closeTries", tries.toStdString()}});
        QCOMPARE(web.write("one"), "");
        web.hdfs.setTwist(
            [&, left = std::make_shared<int>(1)](const HdfsRequest& request) -> std::optional<std::string> {
                if (request.operation() == "TRUNCATE") return FakeHdfs::exception(400, "UnsupportedOperationException");
                if (!request.toDataNode || (*left)-- != 1) return {};
                web.hdfs.put(request.path, "one\ntwo\n"); // all of it is there, its answer is lost
                return "";
            });
        QVERIFY(web.write("two") != "");
        QCOMPARE(web.writeAgain(), "");
        web.bench->clock.advance(std::chrono::milliseconds(1));            // for who watches the time
        QCOMPARE(web.names().filter(".tmp").size(), tries == "0" ? 2 : 1); // the new one among them
        web.bench->sink->stop();
        QCOMPARE(web.contents(), (QStringList{"one\ntwo\n", "two\n"}));
        QCOMPARE(web.names(), (QStringList{"/flume/FlumeData.N", "/flume/FlumeData.N"}));
        QVERIFY(web.bench->log.holds("may hold events that are also in another file"));
    }
};

MILLRACE_TEST(TestWebHdfsEnds)
#include "tst_webhdfs_ends.moc"
