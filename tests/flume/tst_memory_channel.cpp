#include "flume/channels/memory_channel.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <deque>
#include <random>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A channel and what its services point to.
struct OwnChannel {
    std::unique_ptr<TestContext> context;
    std::unique_ptr<Channel> channel;
    Channel* operator->() const { return channel.get(); }
    Channel& operator*() const { return *channel; }
};

OwnChannel makeChannel(const Pairs& properties) {
    const auto config = makeConfig(ComponentKind::channel, "c", "memory", properties);
    auto context = std::make_unique<TestContext>(*config.spec);
    Settings settings(config);
    auto channel = MemoryChannel::make(settings, context->context());
    if (!channel) qFatal("%s", channel.error().message.c_str());
    return {std::move(context), std::move(*channel)};
}

EventBatchPtr numbered(std::size_t first, std::size_t count) {
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < count; ++i)
        bodies.push_back(std::to_string(first + i));
    return makeBatch(bodies);
}

Status putAll(Transaction& transaction, const EventBatchPtr& batch) {
    transaction.begin();
    Status status = transaction.put({batch, 0, static_cast<std::uint32_t>(batch->size())});
    if (status) status = transaction.commit();
    if (!status) transaction.rollback();
    return status;
}

std::vector<std::string> bodiesOf(std::span<const EventRange> ranges) {
    std::vector<std::string> bodies;
    for (const EventRange& range : ranges)
        for (std::uint32_t i = range.first; i < range.last; ++i)
            bodies.emplace_back(range.batch->body(i));
    return bodies;
}

std::vector<std::string> takeAll(Transaction& transaction, std::size_t max) {
    transaction.begin();
    const auto ranges = transaction.take(max);
    if (!ranges) qFatal("%s", ranges.error().message.c_str());
    auto bodies = bodiesOf(*ranges);
    if (!transaction.commit()) qFatal("a commit of takes failed");
    return bodies;
}

} // namespace

class MemoryChannelTest : public QObject {
    Q_OBJECT
private slots:
    void putsAreSeenAfterCommitOnly();
    void rolledBackTakesComeFirstAgain();
    void takesOfOneTransactionStayValid();
    void limits_data();
    void limits();
    void badNumbersFallBackToDefaults();
    void transactionCapacityAboveCapacityIsRefused();
    void putsBeyondTransactionCapacityAreRefused();
    void takesBeyondTransactionCapacityAreRefused();
    void roomComesBackWhenTakesCommit();
    void aCommitWaitsForRoomUpToKeepAlive();
    void endingWaitsEndsACommit();
    void stopEndsACommit();
    void newLimitsApplyAtOnce();
    void anEmptyTakeIsWokenByACommit();
    void anUnusedWakeUpIsPassedOn();
    void piecesOfOneBatchAreOneEntry();
    void countersAreFlumes();
    void randomTransactionsMatchAModel_data();
    void randomTransactionsMatchAModel();
    void manySourcesAndSinksLoseNothing();
};

void MemoryChannelTest::putsAreSeenAfterCommitOnly() {
    const auto channel = makeChannel({});
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

void MemoryChannelTest::rolledBackTakesComeFirstAgain() {
    const auto channel = makeChannel({});
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

void MemoryChannelTest::takesOfOneTransactionStayValid() {
    const auto channel = makeChannel({});
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
    Pairs properties{{"capacity", capacity.toStdString()}, {"transactionCapacity", "1"}, {"keep-alive", "0"}};
    if (!byteCapacity.isEmpty()) properties.emplace_back("byteCapacity", byteCapacity.toStdString());
    if (!heldBack.isEmpty()) properties.emplace_back("byteCapacityBufferPercentage", heldBack.toStdString());
    const auto channel = makeChannel(properties);
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
        {{"capacity", "-1"}, {"transactionCapacity", "lots"}, {"keep-alive", "x"}, {"byteCapacity", "y"}});
    QCOMPARE(channel->level().capacity, std::size_t(100));
    QCOMPARE(channel->level().byteCapacity, (std::size_t(1) << 30) / 10 * 8);
    QCOMPARE(channel.context->log().lines().size(), std::size_t(4));
    QVERIFY(channel.context->log().contains("transactionCapacity = lots"));
}

void MemoryChannelTest::transactionCapacityAboveCapacityIsRefused() {
    const auto config = makeConfig(ComponentKind::channel, "c", "memory", {{"capacity", "50"}});
    TestContext context(*config.spec);
    Settings settings(config);
    const auto channel = MemoryChannel::make(settings, context.context());
    QVERIFY(!channel);
    QVERIFY(channel.error().message.find("transactionCapacity 100 is above capacity 50") != std::string::npos);
}

void MemoryChannelTest::putsBeyondTransactionCapacityAreRefused() {
    const auto channel = makeChannel({{"transactionCapacity", "3"}});
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

void MemoryChannelTest::takesBeyondTransactionCapacityAreRefused() {
    const auto channel = makeChannel({{"transactionCapacity", "3"}});
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

void MemoryChannelTest::roomComesBackWhenTakesCommit() {
    const auto channel = makeChannel({{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "0"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 2)));
    take->begin();
    QVERIFY(take->take(2));
    QVERIFY(!putAll(*put, numbered(2, 1))); // taken, but not final
    QVERIFY(take->commit());
    QVERIFY(putAll(*put, numbered(2, 1)));
}

void MemoryChannelTest::aCommitWaitsForRoomUpToKeepAlive() {
    const auto channel = makeChannel({{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "60"}});
    WakeUp sourceWaker, sinkWaker;
    const auto put = channel->newTransaction(sourceWaker);
    const auto take = channel->newTransaction(sinkWaker);
    QVERIFY(putAll(*put, numbered(0, 2)));
    Status status = ok();
    std::thread source([&] { status = putAll(*put, numbered(2, 2)); });
    QTRY_VERIFY(channel->level().putsWaiting);
    QVERIFY(sourceWaker.heldUp());
    QCOMPARE(takeAll(*take, 1).size(), std::size_t(1));
    QCOMPARE(takeAll(*take, 1).size(), std::size_t(1));
    source.join();
    QVERIFY(status.has_value());
    QVERIFY(!sourceWaker.heldUp());
    QVERIFY(sourceWaker.consume()); // kept for what else may have happened
    QCOMPARE(takeAll(*take, 2), (std::vector<std::string>{"2", "3"}));
}

void MemoryChannelTest::endingWaitsEndsACommit() {
    const auto channel = makeChannel({{"capacity", "1"}, {"transactionCapacity", "1"}, {"keep-alive", "3600"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 1)));
    Status status = ok();
    std::thread source([&] { status = putAll(*put, numbered(1, 1)); });
    QTRY_VERIFY(channel->level().putsWaiting);
    waker.endWaits();
    source.join();
    QCOMPARE(toString(status.error().code), toString(ErrorCode::cancelled));
}

void MemoryChannelTest::stopEndsACommit() {
    const auto channel = makeChannel({{"capacity", "1"}, {"transactionCapacity", "1"}, {"keep-alive", "3600"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 1)));
    Status status = ok();
    std::thread source([&] { status = putAll(*put, numbered(1, 1)); });
    QTRY_VERIFY(channel->level().putsWaiting);
    channel->stop();
    source.join();
    QCOMPARE(toString(status.error().code), toString(ErrorCode::closed));
    const auto take = channel->newTransaction(waker);
    QCOMPARE(takeAll(*take, 1).size(), std::size_t(1)); // what is there can still be taken
    QVERIFY(channel->start());
    QVERIFY(putAll(*put, numbered(1, 1)));
}

void MemoryChannelTest::newLimitsApplyAtOnce() {
    const auto channel = makeChannel({{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "0"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    const auto reconfigure = [&](const char* capacity, const char* perTransaction) {
        return channel->reconfigure(
            makeConfig(ComponentKind::channel, "c", "memory",
                       {{"capacity", capacity}, {"transactionCapacity", perTransaction}, {"keep-alive", "0"}}));
    };
    QVERIFY(putAll(*put, numbered(0, 2)));
    QVERIFY(!putAll(*put, numbered(2, 1)));
    QVERIFY(reconfigure("4", "2"));
    QVERIFY(putAll(*put, numbered(2, 2)));
    QVERIFY(reconfigure("1", "1")); // below the content: nothing is lost, nothing more fits
    QVERIFY(!putAll(*put, numbered(4, 1)));
    QVERIFY(!reconfigure("1", "5"));
    QCOMPARE(channel->level().capacity, std::size_t(1));
    for (const char* body : {"0", "1", "2", "3"})
        QCOMPARE(takeAll(*take, 1), std::vector<std::string>{body});
    QVERIFY(putAll(*put, numbered(4, 1)));
}

void MemoryChannelTest::anEmptyTakeIsWokenByACommit() {
    const auto channel = makeChannel({});
    WakeUp sourceWaker, sinkWaker;
    const auto put = channel->newTransaction(sourceWaker);
    const auto take = channel->newTransaction(sinkWaker);
    QVERIFY(putAll(*put, numbered(0, 1)));
    QVERIFY(!sinkWaker.consume()); // nobody waited: no wake-up
    QCOMPARE(takeAll(*take, 10).size(), std::size_t(1));
    QVERIFY(takeAll(*take, 10).empty());
    QVERIFY(putAll(*put, numbered(1, 1)));
    QVERIFY(sinkWaker.consume());
    QVERIFY(putAll(*put, numbered(2, 1)));
    QVERIFY(!sinkWaker.consume()); // woken once
    QCOMPARE(takeAll(*take, 10).size(), std::size_t(2));
}

void MemoryChannelTest::anUnusedWakeUpIsPassedOn() {
    const auto channel = makeChannel({});
    WakeUp sourceWaker, firstWaker, secondWaker;
    const auto put = channel->newTransaction(sourceWaker);
    auto first = channel->newTransaction(firstWaker);
    const auto second = channel->newTransaction(secondWaker);
    const auto bothEmpty = [&] { return takeAll(*first, 1).empty() && takeAll(*second, 1).empty(); };

    QVERIFY(bothEmpty());
    QVERIFY(putAll(*put, numbered(0, 1)));
    QVERIFY(firstWaker.consume());
    QVERIFY(!secondWaker.consume());
    first->passOnWakeUp(); // it backs off
    QVERIFY(secondWaker.consume());
    QCOMPARE(takeAll(*second, 1).size(), std::size_t(1));

    QVERIFY(bothEmpty());
    QVERIFY(putAll(*put, numbered(1, 1)));
    QVERIFY(firstWaker.consume());
    first->begin();
    QVERIFY(first->take(1));
    first->rollback(); // it failed: the event is there for the other
    QVERIFY(secondWaker.consume());
    QCOMPARE(takeAll(*second, 1).size(), std::size_t(1));

    QVERIFY(bothEmpty());
    QVERIFY(putAll(*put, numbered(2, 1)));
    first.reset(); // it was removed
    QVERIFY(secondWaker.consume());
    QCOMPARE(takeAll(*second, 1).size(), std::size_t(1));
}

void MemoryChannelTest::piecesOfOneBatchAreOneEntry() {
    const auto channel = makeChannel({});
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

void MemoryChannelTest::countersAreFlumes() {
    const auto channel = makeChannel({{"capacity", "4"}, {"transactionCapacity", "4"}, {"keep-alive", "0"}});
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

void MemoryChannelTest::randomTransactionsMatchAModel_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void MemoryChannelTest::randomTransactionsMatchAModel() {
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    const auto upTo = [&](std::size_t n) { return std::size_t(random() % (n + 1)); };
    constexpr std::size_t kCapacity = 60, kPerTransaction = 25;
    const auto channel = makeChannel({{"capacity", std::to_string(kCapacity)},
                                      {"transactionCapacity", std::to_string(kPerTransaction)},
                                      {"keep-alive", "0"}});
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

void MemoryChannelTest::manySourcesAndSinksLoseNothing() {
    constexpr std::size_t kSources = 3, kSinks = 3, kEach = 4000;
    const auto channel = makeChannel({{"capacity", "150"}, {"transactionCapacity", "20"}, {"keep-alive", "60"}});
    std::atomic<std::size_t> committed{0};
    std::vector<std::vector<std::string>> got(kSinks);
    std::vector<WakeUp> sinkWakers(kSinks);
    std::vector<std::thread> threads;
    for (std::size_t s = 0; s < kSources; ++s)
        threads.emplace_back([&, s] {
            WakeUp waker;
            const auto put = channel->newTransaction(waker);
            for (std::size_t i = 0; i < kEach; i += 20)
                if (const Status status = putAll(*put, numbered(s * kEach + i, 20)); !status)
                    qFatal("%s", status.error().message.c_str());
        });
    for (std::size_t s = 0; s < kSinks; ++s)
        threads.emplace_back([&, s] {
            const auto take = channel->newTransaction(sinkWakers[s]);
            std::mt19937 random(static_cast<unsigned>(s));
            while (committed.load() < kSources * kEach) {
                take->begin();
                const auto ranges = take->take(1 + random() % 19);
                if (!ranges) qFatal("%s", ranges.error().message.c_str());
                const auto bodies = bodiesOf(*ranges);
                if (bodies.empty()) {
                    take->rollback();
                    sinkWakers[s].wait({});
                } else if (random() % 3 == 0) {
                    take->rollback();
                } else {
                    if (!take->commit()) qFatal("a commit of takes failed");
                    got[s].insert(got[s].end(), bodies.begin(), bodies.end());
                    if (committed.fetch_add(bodies.size()) + bodies.size() == kSources * kEach)
                        for (WakeUp& waker : sinkWakers)
                            waker.notify();
                }
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    std::vector<std::string> all;
    for (const auto& part : got)
        all.insert(all.end(), part.begin(), part.end());
    QCOMPARE(all.size(), kSources * kEach);
    std::sort(all.begin(), all.end());
    QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
    QCOMPARE(channel->level().events, std::size_t(0));
    QCOMPARE(channel->level().bytes, std::size_t(0));
}

MILLRACE_TEST(MemoryChannelTest)
#include "tst_memory_channel.moc"
