#include "flume/sinks/hdfs/webhdfs_address.h"
#include "flume/support/web_hdfs_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;
using catalog::Properties;

class TestSinkWebHdfs : public QObject {
    Q_OBJECT

private slots:
    void aBatchIsWrittenOverTheDataNodeAndRenamedAtTheEnd() {
        WebBench web;
        QCOMPARE(web.write("one"), "");
        QCOMPARE(web.write("two"), "");
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N.tmp"});
        QCOMPARE(web.contents(), QStringList{"one\ntwo\n"});
        QCOMPARE(web.bench->channel.committed, 2u);
        web.bench->sink->stop();
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N"});
        QCOMPARE(web.hdfs.count("CREATE", true), 1);
        QCOMPARE(web.hdfs.count("APPEND", true), 1);
    }

    void httpFsIsItsOwnDataNode() {
        WebBench web;
        web.hdfs.setTwist([&](const HdfsRequest& request) -> std::optional<std::string> {
            const bool data = request.operation() == "CREATE" || request.operation() == "APPEND";
            if (!data || request.parameters.count("data") > 0) return {};
            return FakeHdfs::answer(307, {},
                                    "Location: http://" + web.hdfs.nameNode().toString() + "/webhdfs/v1" +
                                        request.path + "?op=" + request.operation() + "&data=true\r\n");
        });
        QCOMPARE(web.write("one"), "");
        QCOMPARE(web.write("two"), "");
        QCOMPARE(web.contents(), QStringList{"one\ntwo\n"});
    }

    void whoWritesIsTold() {
        qputenv("HADOOP_USER_NAME", "etl & co");
        WebBench web(Properties{{"hdfs.proxyUser", "alice"}});
        qunsetenv("HADOOP_USER_NAME");
        QCOMPARE(web.write("e"), "");
        QCOMPARE(web.hdfs.requests().at(0).parameters.at("user.name"), "etl & co");
        QCOMPARE(web.hdfs.requests().at(0).parameters.at("doas"), "alice");
    }

    void namesMayHoldAnything() {
        WebBench web(Properties{{"hdfs.filePrefix", "%{h}"}});
        QCOMPARE(web.write("e", {{"h", "a b&c=%41?\xc3\xbc#"}}), "");
        web.bench->sink->stop();
        QCOMPARE(web.names(), QStringList{QString::fromUtf8("/flume/a b&c=%41?\xc3\xbc#.N")});
    }

    void manyFilesAreWrittenSideBySide() {
        WebBench web(Properties{{"hdfs.filePrefix", "%{h}"}, {"hdfs.threadsPoolSize", "4"}});
        for (int i = 0; i < 90; ++i)
            web.bench->channel.add(std::to_string(i), {{"h", std::to_string(i % 30)}});
        QVERIFY(web.bench->drain());
        web.bench->sink->stop();
        QCOMPARE(web.hdfs.files().size(), std::size_t(30));
        QCOMPARE(web.contents().at(0), "0\n30\n60\n");
        QCOMPARE(web.names().filter(".tmp").size(), 0);
    }

    void aLargeBatchArrives() {
        WebBench web;
        const std::string body(5'000'000, 'x');
        QCOMPARE(web.write(body), "");
        QVERIFY(web.hdfs.files().begin()->second == body + "\n");
    }

    void whatTheClusterRefusesComesAgainAndIsTold_data() {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<bool>("atDataNode");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* operation, bool atDataNode, const std::string& answer,
                            const char* told) {
            QTest::newRow(name) << operation << atDataNode << QString::fromStdString(answer) << told;
        };
        row("no permission", "CREATE", false, FakeHdfs::exception(403, "AccessControlException", "denied: user=x"),
            "HDFS CREATE /flume/FlumeData.N.tmp: AccessControlException: denied: user=x");
        row("safe mode, at the DataNode", "CREATE", true, FakeHdfs::exception(403, "SafeModeException", "on"),
            "HDFS CREATE /flume/FlumeData.N.tmp: SafeModeException: on");
        row("a cluster with Kerberos", "CREATE", false, FakeHdfs::answer(401, "<html>"), "Kerberos");
        row("a page of the web", "CREATE", false, FakeHdfs::answer(404, "<html>"),
            "the answer is 404 without a reason");
        row("data that nobody asks for", "CREATE", false, FakeHdfs::answer(201, ""), "does not redirect data");
        row("a redirect to nowhere", "CREATE", false, FakeHdfs::answer(307, "", "Location: ftp://x\r\n"), "redirected");
        row("a DataNode that hangs up", "CREATE", true, "", "the DataNode 127.0.0.1");
        row("an endless answer", "CREATE", false, FakeHdfs::answer(200, std::string(2'000'000, ' ')), "the limit");
        row("what is no answer", "CREATE", false, "hello\r\n\r\n", "does not answer in HTTP");
    }
    void whatTheClusterRefusesComesAgainAndIsTold() {
        QFETCH(QString, operation);
        QFETCH(bool, atDataNode);
        QFETCH(QString, answer);
        QFETCH(QString, told);
        WebBench web;
        // A node that says nothing is asked twice.
        web.hdfs.setTwist(
            toThe(operation.toStdString(), atDataNode, answer.toStdString(), answer.contains("RemoteE") ? 1 : 2));
        const QString error = web.write("e").replace(QRegularExpression("\\d{7,}"), "N");
        QVERIFY2(error.contains(told), qPrintable(error));
        QCOMPARE(web.bench->channel.waiting(), 1u);
        web.hdfs.setTwist({});
        QCOMPARE(web.writeAgain(), "");
        QCOMPARE(web.contents(), QStringList{"e\n"});
    }

    void anAppendThatFailedIsCutBackAndComesAgain_data() {
        QTest::addColumn<QString>("through");
        QTest::newRow("half of it is there") << "one\ntw";
        QTest::newRow("all of it is there") << "one\ntwo\n";
        QTest::newRow("nothing is there") << "one\n";
    }
    void anAppendThatFailedIsCutBackAndComesAgain() {
        QFETCH(QString, through);
        WebBench web;
        QCOMPARE(web.write("one"), "");
        web.hdfs.setTwist(
            [&, left = std::make_shared<int>(1)](const HdfsRequest& request) -> std::optional<std::string> {
                if (!request.toDataNode || (*left)-- != 1) return {};
                web.hdfs.put(request.path, through.toStdString());
                return "";
            });
        QVERIFY(web.write("two") != "");
        QCOMPARE(web.writeAgain(), "");
        web.bench->sink->stop();
        QCOMPARE(web.contents(), (QStringList{"one\n", "two\n"}));
        QCOMPARE(web.names(), (QStringList{"/flume/FlumeData.N", "/flume/FlumeData.N"}));
    }

    void aBatchThatFailsInOneFileIsTakenBackInTheOthers() {
        WebBench web(Properties{{"hdfs.filePrefix", "%{h}"}, {"hdfs.rollCount", "2"}});
        const auto add = [&](const char* body, const char* where) { web.bench->channel.add(body, {{"h", where}}); };
        add("a1", "a");
        QCOMPARE(web.writeAgain(), "");
        web.hdfs.setTwist([left = std::make_shared<int>(1)](const HdfsRequest& request) -> std::optional<std::string> {
            if (!request.toDataNode || request.path.find("/c.") == std::string::npos || (*left)-- != 1) return {};
            return "";
        });
        for (const char* body : {"a2", "a3", "a4", "a5"})
            add(body, "a"); // into three files, two of which are full
        add("b1", "b");
        add("c1", "c");
        QVERIFY(web.writeAgain() != "");
        QCOMPARE(web.writeAgain(), "");
        web.bench->clock.advance(1ms);
        web.bench->sink->stop();
        QStringList all = web.contents().join("").split('\n', Qt::SkipEmptyParts);
        all.sort();
        QCOMPARE(all, (QStringList{"a1", "a2", "a3", "a4", "a5", "b1", "c1"}));
        QCOMPARE(web.names().filter(".tmp"), QStringList());
    }

    void noNameIsGivenTwiceThoughTheClockStands() {
        WebBench web;
        QCOMPARE(web.write("one"), "");
        web.hdfs.setTwist(toThe("APPEND", true, "", 1));
        QVERIFY(web.write("two") != "");
        web.hdfs.setTwist(toThe("CREATE", true, "", 1));
        QVERIFY(web.writeAgain() != "");
        QCOMPARE(web.writeAgain(), "");
        QStringList created;
        for (const HdfsRequest& request : web.hdfs.requests())
            if (request.operation() == "CREATE" && request.toDataNode) created << QString::fromStdString(request.path);
        QCOMPARE(created.size(), 3);
        QCOMPARE(created.removeDuplicates(), 0);
    }

    void aRenameWhoseAnswerIsLostCounts() {
        WebBench web;
        QCOMPARE(web.write("e"), "");
        web.hdfs.setTwist(
            [&, left = std::make_shared<int>(1)](const HdfsRequest& request) -> std::optional<std::string> {
                if (request.operation() != "RENAME" || (*left)-- != 1) return {};
                web.hdfs.rename(request.path, request.parameters.at("destination"));
                return "";
            });
        web.bench->sink->stop();
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N"});
        QVERIFY(!web.bench->log.holds("did not become"));
    }

    void aRenameThatFailsIsTriedAgain() {
        WebBench web(Properties{{"hdfs.rollInterval", "30"}});
        QCOMPARE(web.write("e"), "");
        web.hdfs.setTwist(toThe("RENAME", false, FakeHdfs::exception(403, "SafeModeException")));
        web.bench->clock.advance(30s);
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N.tmp"});
        QVERIFY(web.bench->log.holds("does not become"));
        web.bench->clock.advance(179s);
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N.tmp"});
        web.bench->clock.advance(1s);
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N"});
    }

    void triesEndWhereTheyAreLimited() {
        WebBench web(Properties{{"hdfs.rollInterval", "30"}, {"hdfs.closeTries", "2"}, {"hdfs.retryInterval", "10"}});
        QCOMPARE(web.write("e"), "");
        web.hdfs.setTwist(toThe("RENAME", false, FakeHdfs::exception(403, "SafeModeException"), 100));
        web.bench->clock.advance(100s);
        QCOMPARE(web.hdfs.count("RENAME"), 2);
        QVERIFY(web.bench->log.holds("did not become"));
    }

    void aStandbyNameNodeIsPassedOver() {
        net::EventLoop loop("standby");
        FakeHdfs standby(loop), active(loop);
        standby.setTwist([](const HdfsRequest&) { return FakeHdfs::exception(403, "StandbyException"); });
        WebBench web(Properties{{"hdfs.path", "hdfs://nameservice1/flume"},
                                {"hdfs.webAddress", "http://" + standby.nameNode().toString() + ", http://" +
                                                        active.nameNode().toString()}});
        QCOMPARE(web.write("one"), "");
        QCOMPARE(web.write("two"), "");
        QCOMPARE(active.files().begin()->second, "one\ntwo\n");
        QCOMPARE(standby.requests().size(), std::size_t(1)); // it is not asked again
    }

    void aNameNodeThatIsAwayIsPassedOver() {
        net::EventLoop loop("active");
        FakeHdfs active(loop);
        const auto away = net::freePort();
        WebBench web(Properties{{"hdfs.path", "hdfs://nameservice1/flume"},
                                {"hdfs.webAddress", "http://127.0.0.1:" + std::to_string(*away) + ",http://" +
                                                        active.nameNode().toString()}});
        QCOMPARE(web.write("e"), "");
        QCOMPARE(active.files().size(), std::size_t(1));
    }

    void callTimeoutEndsAWait() {
        WebBench web(Properties{{"hdfs.callTimeout", "50"}});
        web.hdfs.setTwist(toThe("CREATE", true, FakeHdfs::silence()));
        const QString error = web.write("e");
        QVERIFY2(error.contains("hdfs.callTimeout"), qPrintable(error));
        QCOMPARE(web.writeAgain(), "");
    }

    void aStopEndsAWaitAndEndsTheFilesItCan() {
        WebBench web;
        QCOMPARE(web.write("one"), "");
        web.hdfs.setTwist(toThe("APPEND", true, FakeHdfs::silence()));
        QString error;
        std::thread runner([&] { error = web.write("two"); });
        QTRY_COMPARE(web.hdfs.count("APPEND", true), 1);
        web.bench->sink->interrupt();
        runner.join();
        QVERIFY2(error.contains("was ended"), qPrintable(error));
        web.bench->sink->stop();
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N"});
        QCOMPARE(web.contents(), QStringList{"one\n"});
    }

    void whatCannotBeEndedIsToldAtTheStop() {
        WebBench web(Properties{{"hdfs.callTimeout", "50"}});
        QCOMPARE(web.write("e"), "");
        web.hdfs.setTwist([](const HdfsRequest&) { return FakeHdfs::silence(); });
        web.bench->sink->stop();
        QVERIFY(web.bench->log.holds("did not become"));
        QCOMPARE(web.names(), QStringList{"/flume/FlumeData.N.tmp"});
    }

    void pathsLeadToTheirClusters_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("webAddress");
        QTest::addColumn<QString>("leadsTo");
        QTest::newRow("Hadoop's protocol") << "hdfs://nn:8020/a/b"
                                           << ""
                                           << "http nn:9870 /a/b";
        QTest::newRow("Hadoop's protocol at the usual port") << "hdfs://nn/a"
                                                             << ""
                                                             << "http nn:9870 /a";
        QTest::newRow("an address of IPv6") << "hdfs://[::1]:8020/a"
                                            << ""
                                            << "http [::1]:9870 /a";
        QTest::newRow("WebHDFS") << "webhdfs://nn:50070/a"
                                 << ""
                                 << "http nn:50070 /a";
        QTest::newRow("WebHDFS over TLS") << "swebhdfs://nn/a"
                                          << ""
                                          << "https nn:9871 /a";
        QTest::newRow("HttpFS") << "hdfs://ns/a"
                                << "http://gate:14000/"
                                << "http gate:14000 /a";
        QTest::newRow("two of them") << "hdfs:///a"
                                     << "https://a:1,https://b:2"
                                     << "https a:1 b:2 /a";
        QTest::newRow("no scheme, but an address") << "/a"
                                                   << "http://gate:14000"
                                                   << "http gate:14000 /a";
        QTest::newRow("this computer") << "/a/%Y"
                                       << ""
                                       << "local /a/%Y";
        QTest::newRow("a URL of this computer") << "file:///a"
                                                << ""
                                                << "local /a";
        QTest::newRow("below the run directory") << "out/a"
                                                 << ""
                                                 << "local out/a";
        QTest::newRow("both ways at once") << "hdfs://ns/a"
                                           << "http://a:1,https://b:2"
                                           << "hdfs.webAddress";
        QTest::newRow("another file system") << "viewfs://x/a"
                                             << ""
                                             << "viewfs";
    }
    void pathsLeadToTheirClusters() {
        QFETCH(QString, path);
        QFETCH(QString, webAddress);
        QFETCH(QString, leadsTo);
        std::vector<std::string> addresses;
        for (const QString& address : webAddress.split(',', Qt::SkipEmptyParts))
            addresses.push_back(address.toStdString());
        const auto address = storeAddressOf(path.toStdString(), addresses);
        if (!address) {
            QVERIFY2(QString::fromStdString(address.error().message).contains(leadsTo),
                     address.error().message.c_str());
            return;
        }
        QString told = address->local ? "local" : address->secure ? "https" : "http";
        for (const auto& node : address->nodes)
            told += QString::fromStdString(" " + node.toString());
        QCOMPARE(told + " " + QString::fromStdString(address->path), leadsTo);
    }
};

MILLRACE_TEST(TestSinkWebHdfs)
#include "tst_sink_webhdfs.moc"
