// What every channel keeps to, whatever holds its events.
#include "flume/support/channel_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <deque>
#include <random>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class ChannelTransactionsTest : public QObject {
    Q_OBJECT
private slots:
    void putsAreSeenAfterCommitOnly_data() { channelTypes(); }
    void putsAreSeenAfterCommitOnly();
    void rolledBackTakesComeFirstAgain_data() { channelTypes(); }
    void rolledBackTakesComeFirstAgain();
    void takesOfOneTransactionStayValid_data() { channelTypes(); }
    void takesOfOneTransactionStayValid();
    void transactionCapacityAboveCapacityIsRefused_data() { channelTypes(); }
    void transactionCapacityAboveCapacityIsRefused();
    void putsBeyondTransactionCapacityAreRefused_data() { channelTypes(); }
    void putsBeyondTransactionCapacityAreRefused();
    void takesBeyondTransactionCapacityAreRefused_data() { channelTypes(); }
    void takesBeyondTransactionCapacityAreRefused();
    void countersAreFlumes_data() { channelTypes(); }
    void countersAreFlumes();
    void randomTransactionsMatchAModel_data();
    void randomTransactionsMatchAModel();
};

void ChannelTransactionsTest::putsAreSeenAfterCommitOnly() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {});
    WakeUp source, sink;
    const auto put = channel->newTransaction(source);
    const auto take = channel->newTransaction(sink);
    put->begin();
    QVERIFY(put->put({numbered(0, 3), 0, 3}));
    QVERIFY(takeAll(*take, 10).empty());
    QVERIFY(put->commit());
    QCOMPARE(takeAll(*take, 10), (std::vector<std::string>{"0", "1", "2"}));
    put->begin();
    QVERIFY(put->put({numbered(5, 3), 0, 3}));
    put->rollback();
    QVERIFY(takeAll(*take, 10).empty());
}

void ChannelTransactionsTest::rolledBackTakesComeFirstAgain() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 4)));
    QVERIFY(putAll(*put, numbered(4, 4)));
    take->begin();
    QVERIFY(take->take(3));
    QVERIFY(take->take(2));
    QVERIFY(putAll(*put, numbered(8, 1)));
    take->rollback();
    QCOMPARE(takeAll(*take, 100), bodiesOf(EventRanges{{numbered(0, 9), 0, 9}}));
}

void ChannelTransactionsTest::takesOfOneTransactionStayValid() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    for (std::size_t i = 0; i < 50; ++i)
        QVERIFY(putAll(*put, numbered(i, 1)));
    take->begin();
    std::vector<std::span<const EventRange>> handedOut;
    for (int i = 0; i < 50; ++i) {
        const auto taken = take->take(1);
        QVERIFY(taken.has_value());
        handedOut.push_back(*taken);
    }
    for (std::size_t i = 0; i < 50; ++i)
        QCOMPARE(bodiesOf(handedOut[i]), std::vector<std::string>{std::to_string(i)});
    QVERIFY(take->commit());
}

void ChannelTransactionsTest::transactionCapacityAboveCapacityIsRefused() {
    QFETCH(QString, type);
    const auto refused = tryMakeChannel(type, {{"capacity", "50"}, {"transactionCapacity", "100"}});
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("transactionCapacity 100 is above capacity 50") != std::string::npos);
}

void ChannelTransactionsTest::putsBeyondTransactionCapacityAreRefused() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"transactionCapacity", "3"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    put->begin();
    QVERIFY(put->put({numbered(0, 3), 0, 3}));
    const Status fourth = put->put({numbered(0, 1), 0, 1});
    QVERIFY(!fourth);
    QCOMPARE(toString(fourth.error().code), toString(ErrorCode::outOfRange));
    QVERIFY(put->commit());
    QCOMPARE(channel->level().events, std::size_t(3));
}

void ChannelTransactionsTest::takesBeyondTransactionCapacityAreRefused() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"transactionCapacity", "3"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 2)));
    QCOMPARE(takeAll(*take, 5).size(), std::size_t(2)); // fewer are there: nothing was exceeded
    QVERIFY(putAll(*put, numbered(0, 3)));
    QVERIFY(putAll(*put, numbered(3, 1)));
    take->begin();
    const auto tooMany = take->take(5);
    QVERIFY(!tooMany);
    QCOMPARE(toString(tooMany.error().code), toString(ErrorCode::outOfRange));
    take->rollback();
    QCOMPARE(channel->level().events, std::size_t(4));
    QCOMPARE(takeAll(*take, 3), (std::vector<std::string>{"0", "1", "2"}));
}

void ChannelTransactionsTest::countersAreFlumes() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "4"}, {"transactionCapacity", "4"}, {"keep-alive", "0"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 4)));
    QVERIFY(!putAll(*put, numbered(4, 1)));
    QCOMPARE(takeAll(*take, 3).size(), std::size_t(3));
    channel->refreshCounters();
    const CounterSet& counters = *channel.context->context().counters;
    QCOMPARE(counters[FlumeCounter::channelSize].get(), 1);
    QCOMPARE(counters[FlumeCounter::channelCapacity].get(), 4);
    QCOMPARE(counters[FlumeCounter::channelFillPercentage].get(), 25);
    QCOMPARE(counters[FlumeCounter::eventPutAttempt].get(), 5);
    QCOMPARE(counters[FlumeCounter::eventPutSuccess].get(), 4);
    QCOMPARE(counters[FlumeCounter::eventTakeAttempt].get(), 3);
    QCOMPARE(counters[FlumeCounter::eventTakeSuccess].get(), 3);
    QCOMPARE(channel->level().bytes, std::size_t(1));
}

void ChannelTransactionsTest::randomTransactionsMatchAModel_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<quint32>("seed");
    for (const char* type : kChannelTypes)
        for (quint32 seed = 1; seed <= 8; ++seed)
            QTest::addRow("%s, seed %u", type, seed) << QString(type) << seed;
}
void ChannelTransactionsTest::randomTransactionsMatchAModel() {
    QFETCH(QString, type);
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    const auto upTo = [&](std::size_t n) { return std::size_t(random() % (n + 1)); };
    constexpr std::size_t kCapacity = 60, kPerTransaction = 25;
    ChannelProperties properties{{"capacity", std::to_string(kCapacity)},
                                 {"transactionCapacity", std::to_string(kPerTransaction)},
                                 {"keep-alive", "0"}};
    if (type == "file") properties.emplace_back("fsyncPerTransaction", "false"); // some thousand syncs take a minute
    const auto channel = makeChannel(type, properties);
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    std::deque<std::string> model;
    std::size_t next = 0;
    for (int step = 0; step < 3000; ++step) {
        if (random() % 2 == 0) {
            const EventBatchPtr batch = numbered(next, 1 + upTo(30));
            const auto size = static_cast<std::uint32_t>(batch->size());
            const auto cut = static_cast<std::uint32_t>(upTo(size));
            put->begin();
            const bool listed = put->put({batch, 0, cut}).has_value() && put->put({batch, cut, size}).has_value();
            QCOMPARE(listed, size <= kPerTransaction);
            const bool commit = listed && random() % 4 != 0;
            const bool done = commit && put->commit().has_value();
            if (commit) QCOMPARE(done, model.size() + size <= kCapacity);
            if (!done) put->rollback();
            for (std::uint32_t i = 0; done && i < size; ++i)
                model.push_back(std::to_string(next + i));
            next += size;
        } else {
            std::vector<std::string> got;
            take->begin();
            for (std::size_t calls = 1 + upTo(2); calls > 0; --calls) {
                const std::size_t wanted = std::min(upTo(12), kPerTransaction - got.size() - 1);
                const auto ranges = take->take(wanted);
                QVERIFY(ranges.has_value());
                const auto bodies = bodiesOf(*ranges);
                QCOMPARE(bodies.size(), std::min(wanted, model.size() - got.size()));
                got.insert(got.end(), bodies.begin(), bodies.end());
                if (got.size() + 1 >= kPerTransaction) break;
            }
            QVERIFY(std::equal(got.begin(), got.end(), model.begin()));
            if (random() % 3 == 0)
                take->rollback();
            else {
                QVERIFY(take->commit());
                model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(got.size()));
            }
        }
        QCOMPARE(channel->level().events, model.size());
    }
}

MILLRACE_TEST(ChannelTransactionsTest)
#include "tst_channel_transactions.moc"
