// Whose a data directory is.
#include "broker/server/meta_properties.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;

namespace {

QByteArray contentOf(const QTemporaryDir& directory) {
    QFile file(directory.filePath("meta.properties"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QTemporaryDir& directory, const QByteArray& text) {
    QFile file(directory.filePath("meta.properties"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

class TestMetaProperties : public QObject {
    Q_OBJECT

private slots:
    void eachClusterHasAnIdOfItsOwnForGood() {
        CoreFixture broker;
        const QString id = QString::fromStdString(broker.core().context().settings.clusterId);
        QVERIFY2(QRegularExpression("^[A-Za-z0-9_][A-Za-z0-9_-]{21}$").match(id).hasMatch(), qPrintable(id));
        QVERIFY(contentOf(broker.directory).contains("cluster.id=" + id.toUtf8() + "\n"));
        broker.die();
        QCOMPARE(QString::fromStdString(broker.core().context().settings.clusterId), id);
    }

    void whatKafkaHasWrittenIsRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("node");
        QTest::newRow("Kafka 3.9") << QByteArray("#\n#Mon Nov 30 11:00:00 UTC 2026\ncluster.id=abc\n"
                                                 "directory.id=def\nnode.id=4\nversion=1\n")
                                   << 4;
        QTest::newRow("Kafka 2.8") << QByteArray("version=0\r\nbroker.id=2\r\ncluster.id=abc") << 2;
    }
    void whatKafkaHasWrittenIsRead() {
        QFETCH(QByteArray, text);
        QFETCH(int, node);
        QTemporaryDir directory;
        write(directory, text);
        const auto found = MetaProperties::read(posixFileSystem(), directory.path().toStdString());
        QVERIFY(found && *found);
        QCOMPARE((*found)->clusterId, std::string("abc"));
        QCOMPARE((*found)->nodeId, node);
    }

    void whatCannotBeUnderstoodIsToldWithAWayOut_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no id of the cluster") << QByteArray("node.id=0\n");
        QTest::newRow("an id of the broker that is none") << QByteArray("cluster.id=a\nnode.id=zero\n");
        QTest::newRow("something else") << QByteArray(1000, '\xff');
    }
    void whatCannotBeUnderstoodIsToldWithAWayOut() {
        QFETCH(QByteArray, text);
        QTemporaryDir directory;
        write(directory, text);
        const auto found = MetaProperties::read(posixFileSystem(), directory.path().toStdString());
        QVERIFY(!found);
        QVERIFY2(found.error().message.find("meta.properties") != std::string::npos &&
                     found.error().message.find("moved away") != std::string::npos,
                 found.error().message.c_str());
    }

    void theDirectoryOfAnotherBrokerIsLeftAlone() {
        QTemporaryDir directory;
        write(directory, "version=1\ncluster.id=abc\nnode.id=7\n");
        auto settings = BrokerSettings::from({}, silentLog());
        ManualExecutor loop;
        SeededRandom random(1);
        const auto core = BrokerCore::open(*settings, directory.path().toStdString(),
                                           {posixFileSystem(), loop, {loop, loop, loop}, loop, random, silentLog()});
        QVERIFY(!core);
        QVERIFY2(core.error().message.find("broker 7") != std::string::npos, core.error().message.c_str());
    }
};

MILLRACE_TEST(TestMetaProperties)
#include "tst_meta_properties.moc"
