#include "session/support/headless.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

namespace {

/// A server of one file of configuration, as small as can be.
class FileServer : public QTcpServer {
public:
    FileServer() {
        if (!listen(QHostAddress::LocalHost)) qFatal("no port");
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
        });
    }
    QString url() const { return QString("http://127.0.0.1:%1/agents/a.conf").arg(serverPort()); }

    QByteArray status = "200 OK";
    QByteArray text;
    QByteArray tag;
    QByteArrayList requests;

private:
    void answer(QTcpSocket& socket) {
        const QByteArray request = socket.readAll();
        requests << request;
        const bool known = !tag.isEmpty() && request.contains("If-None-Match: " + tag + "\r\n");
        const QByteArray body = known ? QByteArray() : text;
        socket.write("HTTP/1.1 " + (known ? QByteArray("304 Not Modified") : status) + "\r\nETag: " + tag +
                     "\r\nLast-Modified: Mon, 30 Nov 2026 10:00:00 GMT\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
};

QByteArray agent(const char* sink) {
    return QByteArray(
               "a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.totalEvents = 3\n"
               "a.sources.s.channels = c\na.channels.c.type = memory\na.sinks.k.channel = c\na.sinks.k.type = ") +
           sink + "\n";
}

} // namespace

class TestHttpConfiguration : public QObject {
    Q_OBJECT
private slots:
    void anAgentRunsAFileOfAServerAndItsChanges() {
        FileServer server;
        server.text = agent("logger");
        server.tag = "\"1\"";
        Headless run;
        run.start({"agent", "-n", "a", "-f", server.url(), "-i", "1", "--conf-user", "me", "--conf-password", "pw"});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        QVERIFY(server.requests[0].startsWith("GET /agents/a.conf HTTP/1.1\r\n"));
        QVERIFY(server.requests[0].contains("Authorization: Basic bWU6cHc=\r\n"));
        QVERIFY(!server.requests[0].contains("If-"));
        QTRY_VERIFY(server.requests.size() >= 2);
        QVERIFY(server.requests[1].contains("If-Modified-Since: Mon, 30 Nov 2026 10:00:00 GMT\r\n"));
        QVERIFY(!run.errors().contains("has changed"));

        server.text = agent("null");
        server.tag = "\"2\"";
        QVERIFY2(run.waitForError("has changed: applying it"), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

    void whatCannotBeHadKeepsWhatRuns_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("the file is gone")
            << QByteArray("404 Not Found") << QByteArray("gone") << "the server answered 404";
        QTest::newRow("the server is broken") << QByteArray("500 Oops") << QByteArray() << "the server answered 500";
        QTest::newRow("a page of the web")
            << QByteArray("200 OK") << QByteArray("<html>Please log in</html>") << "the change was not applied";
    }
    void whatCannotBeHadKeepsWhatRuns() {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, text);
        QFETCH(QString, told);
        FileServer server;
        server.text = agent("logger");
        Headless run;
        run.start({"agent", "-n", "a", "-u", server.url(), "-i", "1"});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        server.status = status;
        server.text = text;
        QVERIFY2(run.waitForError(told), qPrintable(run.errors()));
        QVERIFY(run.errors().contains("what ran before runs on"));
        const auto asked = server.requests.size();
        QTRY_VERIFY(server.requests.size() > asked + 1);
        QCOMPARE(run.errors().count(told), 1); // once, not each time
        QCOMPARE(run.terminate(), 0);
    }

    void withoutReloadNobodyAsksAgain() {
        FileServer server;
        server.text = agent("logger");
        Headless run;
        run.start({"agent", "-n", "a", "-f", server.url(), "--no-reload-conf"});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
        QCOMPARE(server.requests.size(), 1);
    }

    void whatRanLastIsKeptForAStartWithoutTheServer() {
        Headless run;
        const QStringList arguments{"agent", "-n", "a", "-b", "kept", "-i", "1", "-f"};
        QString url;
        {
            FileServer server;
            server.text = agent("logger");
            url = server.url();
            run.start(QStringList(arguments) << url);
            QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
            server.text = "<html>Please log in</html>"; // is not kept
            QVERIFY2(run.waitForError("the change was not applied"), qPrintable(run.errors()));
            QCOMPARE(run.terminate(), 0);
        }
        run.start(QStringList(arguments) << url);
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        QVERIFY2(run.errors().contains("its copy kept/127.0.0.1_"), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

    void whatIsNotThereAtTheStartIsAnError_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("told");
        QTest::newRow("nobody listens") << "http://127.0.0.1:1/x"
                                        << "http://127.0.0.1:1/x";
        QTest::newRow("no address") << "http://"
                                    << "no URL of HTTP";
    }
    void whatIsNotThereAtTheStartIsAnError() {
        QFETCH(QString, address);
        QFETCH(QString, told);
        Headless run;
        run.start({"agent", "-n", "a", "-f", address});
        QCOMPARE(run.waitForEnd(), 1);
        QVERIFY2(run.errors().contains(told), qPrintable(run.errors()));
    }
};

MILLRACE_TEST(TestHttpConfiguration)
#include "tst_http_configuration.moc"
