#include "flume/support/channel_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {
constexpr const char* kType = "org.apache.flume.channel.PseudoTxnMemoryChannel";
}

class PseudoTxnChannelTest : public QObject {
    Q_OBJECT
private slots:
    void putsAreSeenAtOnceAndStayAfterARollback();
    void rolledBackTakesComeFirstAgain();
    void aBatchLargerThanTheChannelGoesInAsSinksMakeRoom();
    void aFullChannelRefusesAfterKeepAlive();
    void limitsChangeWhileItRuns();
};

void PseudoTxnChannelTest::putsAreSeenAtOnceAndStayAfterARollback() {
    const auto channel = makeChannel(kType, {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    put->begin();
    QVERIFY(put->put({numbered(0, 3), 0, 3}));
    QCOMPARE(channel->level().events, std::size_t(3));
    put->rollback();
    QCOMPARE(takeAll(*take, 10), (std::vector<std::string>{"0", "1", "2"}));
}

void PseudoTxnChannelTest::rolledBackTakesComeFirstAgain() {
    const auto channel = makeChannel(kType, {});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    const auto take = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 3)));
    take->begin();
    QVERIFY(take->take(2));
    take->rollback();
    QCOMPARE(takeAll(*take, 10), (std::vector<std::string>{"0", "1", "2"}));
}

void PseudoTxnChannelTest::aBatchLargerThanTheChannelGoesInAsSinksMakeRoom() {
    const auto channel = makeChannel(kType, {{"capacity", "2"}, {"keep-alive", "60"}});
    WakeUp sourceWaker, sinkWaker;
    Status status = ok();
    std::thread source([&] {
        const auto put = channel->newTransaction(sourceWaker);
        status = putAll(*put, numbered(0, 5));
    });
    const auto take = channel->newTransaction(sinkWaker);
    std::vector<std::string> got;
    while (got.size() < 5)
        for (std::string& body : takeAll(*take, 2))
            got.push_back(std::move(body));
    source.join();
    QVERIFY(status);
    QCOMPARE(got, (std::vector<std::string>{"0", "1", "2", "3", "4"}));
}

void PseudoTxnChannelTest::aFullChannelRefusesAfterKeepAlive() {
    const auto channel = makeChannel(kType, {{"capacity", "2"}, {"keep-alive", "0"}});
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 2)));
    const Status refused = putAll(*put, numbered(2, 1));
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::full));
}

void PseudoTxnChannelTest::limitsChangeWhileItRuns() {
    const auto channel = makeChannel(kType, {{"capacity", "2"}, {"keep-alive", "0"}});
    const auto config = makeConfig(catalog::ComponentKind::channel, "c", kType, {{"capacity", "4"}});
    QVERIFY(channel->reconfigure(config));
    WakeUp waker;
    const auto put = channel->newTransaction(waker);
    QVERIFY(putAll(*put, numbered(0, 4)));
    QCOMPARE(channel->level().capacity, std::size_t(4));
}

MILLRACE_TEST(PseudoTxnChannelTest)
#include "tst_pseudo_txn_channel.moc"
