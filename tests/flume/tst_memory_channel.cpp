#include "flume/support/channel_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class MemoryChannelTest : public QObject {
    Q_OBJECT
private slots:
    void limits_data();
    void limits();
    void badNumbersFallBackToDefaults();
    void aStoppedChannelStillGivesWhatItHas();
    void piecesOfOneBatchAreOneEntry();
};

void MemoryChannelTest::limits_data() {
    QTest::addColumn<QString>("capacity");
    QTest::addColumn<QString>("byteCapacity");
    QTest::addColumn<QString>("heldBack");
    QTest::addColumn<QList<int>>("bodies"); // lengths, put one by one
    QTest::addColumn<int>("accepted");
    QTest::newRow("by count") << "3"
                              << ""
                              << "" << QList<int>{1, 1, 1, 1} << 3;
    QTest::newRow("100 bytes are one slot") << "10"
                                            << "200"
                                            << "0" << QList<int>{100, 100, 1} << 2;
    QTest::newRow("101 bytes are two slots") << "10"
                                             << "200"
                                             << "0" << QList<int>{101, 1} << 1;
    QTest::newRow("an empty body is one slot") << "10"
                                               << "200"
                                               << "0" << QList<int>{0, 0, 0} << 2;
    QTest::newRow("20 percent are held back for headers") << "10"
                                                          << "500"
                                                          << "" << QList<int>{1, 1, 1, 1, 1} << 4;
    QTest::newRow("all held back still leaves one slot") << "10"
                                                         << "500"
                                                         << "100" << QList<int>{1, 1} << 1;
    QTest::newRow("byteCapacity 0 is no limit") << "4"
                                                << "0"
                                                << "" << QList<int>{9999, 9999, 9999} << 3;
}
void MemoryChannelTest::limits() {
    QFETCH(QString, capacity);
    QFETCH(QString, byteCapacity);
    QFETCH(QString, heldBack);
    QFETCH(QList<int>, bodies);
    ChannelProperties properties{
        {"capacity", capacity.toStdString()}, {"transactionCapacity", "1"}, {"keep-alive", "0"}};
    if (!byteCapacity.isEmpty()) properties.emplace_back("byteCapacity", byteCapacity.toStdString());
    if (!heldBack.isEmpty()) properties.emplace_back("byteCapacityBufferPercentage", heldBack.toStdString());
    const auto channel = makeChannel("memory", properties);
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    int accepted = 0;
    for (const int length : bodies) {
        const Status status = putAll(*put, makeBatch({std::string(std::size_t(length), 'x')}));
        if (status)
            ++accepted;
        else
            QCOMPARE(toString(status.error().code), toString(ErrorCode::full));
    }
    QTEST(accepted, "accepted");
}

void MemoryChannelTest::badNumbersFallBackToDefaults() {
    const auto channel = makeChannel(
        "memory", {{"capacity", "-1"}, {"transactionCapacity", "lots"}, {"keep-alive", "x"}, {"byteCapacity", "y"}});
    QCOMPARE(channel->level().capacity, std::size_t(100));
    QCOMPARE(channel->level().byteCapacity, (std::size_t(1) << 30) / 10 * 8);
    QCOMPARE(channel.context->log().lines().size(), std::size_t(4));
    QVERIFY(channel.context->log().contains("transactionCapacity = lots"));
}

void MemoryChannelTest::aStoppedChannelStillGivesWhatItHas() {
    const auto channel = makeChannel("memory", {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 1)));
    channel->stop();
    QVERIFY(!putAll(*put, numbered(1, 1)));
    QCOMPARE(takeAll(*take, 1).size(), std::size_t(1));
    QVERIFY(channel->start());
    QVERIFY(putAll(*put, numbered(1, 1)));
}

void MemoryChannelTest::piecesOfOneBatchAreOneEntry() {
    const auto channel = makeChannel("memory", {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    const EventBatchPtr batch = numbered(0, 10);
    for (std::uint32_t i = 0; i < 10; ++i) {
        put->begin();
        QVERIFY(put->put({batch, i, i + 1}));
        QVERIFY(put->commit());
    }
    take->begin();
    const auto ranges = take->take(10);
    QVERIFY(ranges.has_value());
    QCOMPARE(ranges->size(), std::size_t(1));
    QCOMPARE(ranges->front().size(), std::size_t(10));
    QVERIFY(take->commit());
}

MILLRACE_TEST(MemoryChannelTest)
#include "tst_memory_channel.moc"
