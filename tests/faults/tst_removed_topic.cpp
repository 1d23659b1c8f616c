// A topic is deleted while other lanes still have work for its log, and made again: the new one finds its directory as
// it has left it.
#include "broker/support/core_fixture.h"
#include "support/test_program.h"

#include <QDir>

using namespace millrace;
using namespace millrace::broker;

namespace {

void remove(CoreFixture& broker) {
    broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
}
void create(CoreFixture& broker) {
    broker.topics().change({{CreateTopic{"t", 1}}}, [](const auto&) {});
}

} // namespace

class TestRemovedTopic : public QObject {
    Q_OBJECT

private slots:
    void whatIsStillToBeDoneForItTouchesNotTheNextOfItsName_data() {
        QTest::addColumn<QString>("work");
        for (const char* work : {"a sync", "a snapshot of its producers", "a deletion of records", "its end"})
            QTest::newRow(work) << work;
    }
    void whatIsStillToBeDoneForItTouchesNotTheNextOfItsName() {
        QFETCH(QString, work);
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"segment.bytes", "300"}});
        broker.fill("t", 3);
        broker.fill("t", 3);
        broker.fill("t", 3);
        auto* partition = broker.replica("t");
        const auto log = partition->sharedLog();
        const auto snapshot = partition->takeSnapshot();
        const auto deletion = log->setLogStart(6);
        QVERIFY(deletion && deletion->segments > 0);
        const QString directory = QString::fromStdString(partition->directory().string());

        remove(broker);
        create(broker);
        while (broker.loop.drain() + broker.slow.drain() > 0) { // the lane of syncs hangs
        }
        QVERIFY(broker.metadata().find("t") && broker.replica("t")->logEndOffset() == 0);
        broker.fill("t", 2);
        const QStringList before = QDir(directory).entryList(QDir::Files);
        if (work == "a sync")
            QVERIFY(!log->flush());
        else if (work == "its end")
            QVERIFY(log->close());
        else if (work == "a deletion of records")
            QVERIFY(deletion->onDisk());
        else
            QVERIFY(!Partition::writeSnapshot(*log, snapshot));
        QCOMPARE(QDir(directory).entryList(QDir::Files), before);
        broker.die();
        QCOMPARE(broker.replica("t")->logEndOffset(), 2);
        QCOMPARE(broker.replica("t")->log().logStart(), 0);
    }
};

MILLRACE_TEST(TestRemovedTopic)
#include "tst_removed_topic.moc"
