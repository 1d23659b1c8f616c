// Full and empty channels, and who is woken when that changes; the same for every channel.
#include "flume/support/channel_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <random>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

class ChannelWaitsTest : public QObject {
    Q_OBJECT
private slots:
    void roomComesBackWhenTakesCommit_data() { channelTypes(); }
    void roomComesBackWhenTakesCommit();
    void aCommitWaitsForRoomUpToKeepAlive_data() { channelTypes(); }
    void aCommitWaitsForRoomUpToKeepAlive();
    void endingWaitsEndsACommit_data() { channelTypes(); }
    void endingWaitsEndsACommit();
    void stopEndsACommit_data() { channelTypes(); }
    void stopEndsACommit();
    void newLimitsApplyAtOnce_data() { channelTypes(); }
    void newLimitsApplyAtOnce();
    void anEmptyTakeIsWokenByACommit_data() { channelTypes(); }
    void anEmptyTakeIsWokenByACommit();
    void anUnusedWakeUpIsPassedOn_data() { channelTypes(); }
    void anUnusedWakeUpIsPassedOn();
    void manySourcesAndSinksLoseNothing_data() { channelTypes(); }
    void manySourcesAndSinksLoseNothing();
};

void ChannelWaitsTest::roomComesBackWhenTakesCommit() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "0"}});
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

void ChannelWaitsTest::aCommitWaitsForRoomUpToKeepAlive() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "60"}});
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

void ChannelWaitsTest::endingWaitsEndsACommit() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "1"}, {"transactionCapacity", "1"}, {"keep-alive", "3600"}});
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

void ChannelWaitsTest::stopEndsACommit() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "1"}, {"transactionCapacity", "1"}, {"keep-alive", "3600"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 1)));
    Status status = ok();
    std::thread source([&] { status = putAll(*put, numbered(1, 1)); });
    QTRY_VERIFY(channel->level().putsWaiting);
    channel->stop();
    source.join();
    QCOMPARE(toString(status.error().code), toString(ErrorCode::closed));
}

void ChannelWaitsTest::newLimitsApplyAtOnce() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {{"capacity", "2"}, {"transactionCapacity", "2"}, {"keep-alive", "0"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    const auto reconfigure = [&](const char* capacity, const char* perTransaction) {
        return channel->reconfigure(
            makeConfig(ComponentKind::channel, "c", type.toStdString(),
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

void ChannelWaitsTest::anEmptyTakeIsWokenByACommit() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {});
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

void ChannelWaitsTest::anUnusedWakeUpIsPassedOn() {
    QFETCH(QString, type);
    const auto channel = makeChannel(type, {});
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

void ChannelWaitsTest::manySourcesAndSinksLoseNothing() {
    QFETCH(QString, type);
    constexpr std::size_t kSources = 3, kSinks = 3, kEach = 4000;
    const auto channel = makeChannel(type, {{"capacity", "150"}, {"transactionCapacity", "20"}, {"keep-alive", "60"}});
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

MILLRACE_TEST(ChannelWaitsTest)
#include "tst_channel_waits.moc"
