#include "flume/support/fake_hdfs.h"
#include "flume/support/hdfs_bench.h"
#include "support/test_program.h"
#include "tls/tls_options.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::Properties;

namespace {

std::string dataFile(const char* name) {
    return std::string(MILLRACE_SOURCE_DIR "/tests/tls/data/") + name;
}

net::TransportFactory serverSide() {
    const std::string name = dataFile("server.p12");
    tls::ServerOptions options;
    options.keyStore = {name, *posixFileSystem().readAll(name, 1 << 20), "changeit"};
    auto transport = tls::serverTransport(options);
    if (!transport) qFatal("%s", transport.error().message.c_str());
    return *transport;
}

/// A sink whose cluster speaks https.
struct SecureBench {
    SecureBench()
        : hdfs(loop, serverSide()),
          bench(Properties{{"hdfs.path", "swebhdfs://" + hdfs.nameNode().toString() + "/flume"}}, posixFileSystem(),
                &loop) {
        if (!bench.sink) qFatal("%s", bench.error.c_str());
        if (!bench.start()) qFatal("it does not start");
    }
    QString write(const char* body) {
        bench.channel.add(body);
        const auto cycle = bench.cycle();
        return cycle ? QString() : QString::fromStdString(cycle.error().message);
    }
    net::EventLoop loop{"secure hdfs"};
    FakeHdfs hdfs;
    HdfsBench bench;
};

} // namespace

/// swebhdfs: WebHDFS over https, to NameNode and DataNodes.
class TestSinkWebHdfsTls : public QObject {
    Q_OBJECT

private slots:
    /// What the system trusts, as OpenSSL is told.
    void init() { qputenv("SSL_CERT_FILE", dataFile("ca.pem").c_str()); }
    void cleanup() { qunsetenv("SSL_CERT_FILE"); }

    void aBatchArrives() {
        SecureBench secure;
        QCOMPARE(secure.write("one"), "");
        QCOMPARE(secure.write("two"), "");
        QCOMPARE(secure.hdfs.files().begin()->second, "one\ntwo\n");
        QCOMPARE(secure.hdfs.count("APPEND", true), 1);
    }

    void whoeverIsNotTrustedGetsNothing() {
        qputenv("SSL_CERT_FILE", dataFile("stranger.pem").c_str());
        SecureBench secure;
        const QString error = secure.write("e");
        QVERIFY2(error.contains("certificate"), qPrintable(error));
        QCOMPARE(secure.hdfs.requests().size(), std::size_t(0));
    }

    void dataIsNotShownToAll() {
        SecureBench secure;
        secure.hdfs.setTwist([](const HdfsRequest& request) -> std::optional<std::string> {
            if (request.operation() != "CREATE") return {};
            return FakeHdfs::answer(307, {}, "Location: http://127.0.0.1:9/webhdfs/v1/x?op=CREATE\r\n");
        });
        const QString error = secure.write("e");
        QVERIFY2(error.contains("from https to http"), qPrintable(error));
    }
};

MILLRACE_TEST(TestSinkWebHdfsTls)
#include "tst_sink_webhdfs_tls.moc"
