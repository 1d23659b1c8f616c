#include "flume/channels/spillable/drain_order.h"
#include "flume/support/channel_bench.h"
#include "support/test_program.h"

#include <QFile>
#include <QtTest>

#include <deque>
#include <random>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

constexpr const char* kType = "SPILLABLEMEMORY";

ChannelProperties limits(int memory, int files, int perTransaction = 0, const char* threshold = "5") {
    ChannelProperties properties{{"memoryCapacity", std::to_string(memory)},
                                 {"overflowCapacity", std::to_string(files)},
                                 {"overflowTimeout", "0"},
                                 {"overflowDeactivationThreshold", threshold},
                                 {"fsyncPerTransaction", "false"}};
    const int transaction = perTransaction > 0 ? perTransaction : std::max(memory, files);
    properties.emplace_back("transactionCapacity", std::to_string(transaction));
    return properties;
}

std::vector<std::string> upTo(std::size_t count) {
    return bodiesOf(EventRanges{{numbered(0, count), 0, static_cast<std::uint32_t>(count)}});
}

/// A channel with one transaction for puts and one for takes.
struct Bench {
    explicit Bench(const ChannelProperties& properties) : channel(makeChannel(kType, properties)) {
        put = channel->newTransaction(waker);
        take = channel->newTransaction(waker);
    }
    Status add(std::size_t count) {
        const Status status = putAll(*put, numbered(next, count));
        if (status) next += count;
        return status;
    }
    std::vector<std::string> drain() {
        std::vector<std::string> all;
        for (auto some = takeAll(*take, 1); !some.empty(); some = takeAll(*take, 1))
            all.push_back(some.front());
        return all;
    }
    std::size_t inMemory() const { return channel->volatileEvents(); }
    std::size_t inFiles() const { return channel->level().events - inMemory(); }

    OwnChannel channel;
    WakeUp waker;
    std::unique_ptr<Transaction> put, take;
    std::size_t next = 0;
};

} // namespace

class SpillableChannelTest : public QObject {
    Q_OBJECT
private slots:
    void whatTheMemoryHasNoRoomForGoesToTheFiles();
    void eventsComeInTheirOrderFromBothPlaces();
    void rolledBackTakesOfBothPlacesComeFirstAgain();
    void filesAreUsedUntilEnoughOfTheMemoryIsFree_data();
    void filesAreUsedUntilEnoughOfTheMemoryIsFree();
    void aTransactionLargerThanTheMemoryGoesToTheFiles();
    void withoutMemoryAllGoesToTheFiles();
    void withoutFilesAFullMemoryRefuses();
    void aChannelWithoutAnyPlaceIsRefused();
    void aTransactionLargerThanTheFilesIsRefused();
    void bothPlacesFullRefusesAndLosesNothing();
    void afterARestartTheFilesEventsAreThere();
    void filesThatCannotBeOpenedCloseTheWholeChannel();
    void limitsChangeWhileItRuns();
    void aSleepingSinkIsWokenByAnOverflow();
    void countersAreThoseOfTheWhole();
    void randomTransactionsKeepTheOrder_data();
    void randomTransactionsKeepTheOrder();
    void manySourcesAndSinksLoseNothing();
};

void SpillableChannelTest::whatTheMemoryHasNoRoomForGoesToTheFiles() {
    Bench bench(limits(3, 100));
    QVERIFY(bench.add(2));
    QVERIFY(bench.add(2));
    QCOMPARE(bench.inMemory(), std::size_t(2));
    QCOMPARE(bench.inFiles(), std::size_t(2));
}

void SpillableChannelTest::eventsComeInTheirOrderFromBothPlaces() {
    Bench bench(limits(3, 100));
    for (const std::size_t count : {3, 4, 2})
        QVERIFY(bench.add(count));
    QCOMPARE(takeAll(*bench.take, 2), upTo(2)); // memory is free again: the next go there, behind the files' events
    QVERIFY(bench.add(1));
    QCOMPARE(bench.inMemory(), std::size_t(2));
    bench.take->begin();
    const auto rest = bench.take->take(100);
    QVERIFY(rest.has_value());
    const auto all = upTo(10);
    QCOMPARE(bodiesOf(*rest), std::vector<std::string>(all.begin() + 2, all.end()));
    QVERIFY(bench.take->commit());
    QCOMPARE(bench.channel->level().events, std::size_t(0));
}

void SpillableChannelTest::rolledBackTakesOfBothPlacesComeFirstAgain() {
    Bench bench(limits(3, 100));
    QVERIFY(bench.add(3));
    QVERIFY(bench.add(4));
    bench.take->begin();
    QVERIFY(bench.take->take(2));
    QVERIFY(bench.take->take(3));
    QVERIFY(bench.add(1));
    bench.take->rollback();
    QCOMPARE(bench.drain(), upTo(8));
}

void SpillableChannelTest::filesAreUsedUntilEnoughOfTheMemoryIsFree_data() {
    QTest::addColumn<QString>("threshold");
    QTest::addColumn<int>("taken");
    QTest::addColumn<bool>("memoryAgain");
    QTest::newRow("half free, half asked for") << "50" << 5 << true;
    QTest::newRow("less than half free, half asked for") << "50" << 4 << false;
    QTest::newRow("nothing free, nothing asked for") << "0" << 0 << false;
    QTest::newRow("one free, nothing asked for") << "0" << 1 << true;
    QTest::newRow("all free, all asked for") << "100" << 10 << true;
}
void SpillableChannelTest::filesAreUsedUntilEnoughOfTheMemoryIsFree() {
    QFETCH(QString, threshold);
    QFETCH(int, taken);
    QFETCH(bool, memoryAgain);
    Bench bench(limits(10, 100, 0, qPrintable(threshold)));
    QVERIFY(bench.add(10));
    QVERIFY(bench.add(1));
    if (taken > 0) QCOMPARE(takeAll(*bench.take, std::size_t(taken)).size(), std::size_t(taken));
    const std::size_t files = bench.inFiles();
    QVERIFY(bench.add(1));
    QCOMPARE(bench.inFiles() == files, memoryAgain);
}

void SpillableChannelTest::aTransactionLargerThanTheMemoryGoesToTheFiles() {
    Bench bench(limits(3, 100));
    QVERIFY(bench.add(4));
    QCOMPARE(bench.inFiles(), std::size_t(4));
    QVERIFY(bench.add(2)); // the memory itself has not been full
    QCOMPARE(bench.inMemory(), std::size_t(2));
    QCOMPARE(bench.drain(), upTo(6));
}

void SpillableChannelTest::withoutMemoryAllGoesToTheFiles() {
    Bench bench(limits(0, 10));
    QVERIFY(bench.add(10));
    QCOMPARE(bench.inFiles(), std::size_t(10));
    QVERIFY(!bench.add(1));
    QCOMPARE(bench.drain(), upTo(10));
}

void SpillableChannelTest::withoutFilesAFullMemoryRefuses() {
    Bench bench(limits(3, 0));
    QVERIFY(bench.add(3));
    const Status refused = bench.add(1);
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::full));
    QCOMPARE(bench.drain(), upTo(3));
    QVERIFY(bench.add(1));
}

void SpillableChannelTest::aChannelWithoutAnyPlaceIsRefused() {
    const auto refused = tryMakeChannel(kType, limits(0, 0, 1));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("memoryCapacity and overflowCapacity are both 0") != std::string::npos);
}

void SpillableChannelTest::aTransactionLargerThanTheFilesIsRefused() {
    const auto refused = tryMakeChannel(kType, limits(100, 10, 11));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("transactionCapacity 11 is above capacity 10") != std::string::npos);
}

void SpillableChannelTest::bothPlacesFullRefusesAndLosesNothing() {
    Bench bench(limits(2, 4));
    QVERIFY(bench.add(2));
    QVERIFY(bench.add(4));
    const Status refused = bench.add(1);
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::full));
    QCOMPARE(bench.drain(), upTo(6));
    QVERIFY(bench.add(1));
    QCOMPARE(bench.drain(), std::vector<std::string>{"6"});
}

void SpillableChannelTest::afterARestartTheFilesEventsAreThere() {
    Bench bench(limits(3, 100));
    QVERIFY(bench.add(3));
    QVERIFY(bench.add(5));
    bench.channel->stop();
    QVERIFY(bench.channel->start());
    QVERIFY(bench.add(1));
    QCOMPARE(bench.drain(), upTo(9)); // the same object: its memory is there too
    QVERIFY(bench.add(100));
    bench.channel->stop();
    // Another process on the same files.
    auto config = makeConfig(catalog::ComponentKind::channel, "c", kType, limits(3, 100));
    config.properties.insert({{"checkpointDir", "checkpoint"}, {"dataDirs", "data"}, {"minimumRequiredSpace", "1048576"}});
    Settings settings(config);
    auto again = builtinRegistry().find<ChannelFactory>(*config.spec)(settings, bench.channel.context->context());
    QVERIFY(again.has_value());
    QVERIFY((*again)->start());
    QCOMPARE((*again)->level().events, std::size_t(100));
    const auto take = (*again)->newTransaction(bench.waker);
    const auto bodies = takeAll(*take, 100);
    QCOMPARE(bodies.front(), std::string("9"));
    QCOMPARE(bodies.back(), std::string("108"));
}

void SpillableChannelTest::filesThatCannotBeOpenedCloseTheWholeChannel() {
    auto own = makeChannel(kType, limits(3, 100));
    own->stop();
    QVERIFY(QDir(own.directory->filePath("data")).removeRecursively());
    QFile inTheWay(own.directory->filePath("data"));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QVERIFY(!own->start());
    WakeUp waker;
    const auto put = own->newTransaction(waker);
    const Status refused = putAll(*put, numbered(0, 1));
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::closed));
}

void SpillableChannelTest::limitsChangeWhileItRuns() {
    Bench bench(limits(2, 10));
    QVERIFY(bench.add(2));
    auto config = makeConfig(catalog::ComponentKind::channel, "c", kType, limits(5, 20));
    QVERIFY(bench.channel->reconfigure(config));
    QCOMPARE(bench.channel->level().capacity, std::size_t(25));
    QVERIFY(bench.add(3));
    QCOMPARE(bench.inMemory(), std::size_t(5));
    QVERIFY(bench.add(20));
    QCOMPARE(bench.inFiles(), std::size_t(20));
    QCOMPARE(takeAll(*bench.take, 20), upTo(20));
    // Files that are in use are not given up before the next start.
    QVERIFY(bench.channel->reconfigure(makeConfig(catalog::ComponentKind::channel, "c", kType, limits(5, 0, 20))));
    QCOMPARE(bench.channel->level().capacity, std::size_t(25));
    QVERIFY(bench.add(15));
    QCOMPARE(bench.drain().size(), std::size_t(20));
}

void SpillableChannelTest::aSleepingSinkIsWokenByAnOverflow() {
    Bench bench(limits(1, 10));
    WakeUp sink;
    const auto take = bench.channel->newTransaction(sink);
    QVERIFY(takeAll(*take, 10).empty());
    QVERIFY(bench.add(3));
    QCOMPARE(bench.inFiles(), std::size_t(3));
    sink.wait(MonotonicTime::max()); // for ever, were it not woken
    QCOMPARE(takeAll(*take, 10), upTo(3));
}

void SpillableChannelTest::countersAreThoseOfTheWhole() {
    Bench bench(limits(2, 8));
    QVERIFY(bench.add(2));
    QVERIFY(bench.add(3));
    QCOMPARE(takeAll(*bench.take, 4).size(), std::size_t(4));
    bench.channel->refreshCounters();
    const CounterSet& counters = *bench.channel.context->context().counters;
    QCOMPARE(counters[FlumeCounter::channelSize].get(), 1);
    QCOMPARE(counters[FlumeCounter::channelCapacity].get(), 10);
    QCOMPARE(counters[FlumeCounter::channelFillPercentage].get(), 10);
    QCOMPARE(counters[FlumeCounter::eventPutAttempt].get(), 5);
    QCOMPARE(counters[FlumeCounter::eventPutSuccess].get(), 5);
    QCOMPARE(counters[FlumeCounter::eventTakeAttempt].get(), 4);
    QCOMPARE(counters[FlumeCounter::eventTakeSuccess].get(), 4);
}

void SpillableChannelTest::randomTransactionsKeepTheOrder_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}
void SpillableChannelTest::randomTransactionsKeepTheOrder() {
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    Bench bench(limits(12, 40, 25, "50"));
    std::deque<std::string> model;
    std::size_t fromFiles = 0;
    for (int step = 0; step < 2000; ++step) {
        if (random() % 2 == 0) {
            const std::size_t first = bench.next, count = 1 + random() % 8;
            if (bench.add(count))
                for (std::size_t i = 0; i < count; ++i)
                    model.push_back(std::to_string(first + i));
            else
                QVERIFY(model.size() + count > 40); // one of the two places at least is full
        } else {
            fromFiles += bench.inFiles() > 0;
            bench.take->begin();
            std::vector<std::string> got;
            for (std::size_t calls = 1 + random() % 3; calls > 0; --calls) {
                const auto ranges = bench.take->take(random() % 8);
                QVERIFY(ranges.has_value());
                const auto bodies = bodiesOf(*ranges);
                got.insert(got.end(), bodies.begin(), bodies.end());
            }
            QVERIFY(got.size() <= model.size() && std::equal(got.begin(), got.end(), model.begin()));
            if (random() % 3 == 0)
                bench.take->rollback();
            else {
                QVERIFY(bench.take->commit());
                model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(got.size()));
            }
        }
        QCOMPARE(bench.channel->level().events, model.size());
    }
    QVERIFY(fromFiles > 100);
}

void SpillableChannelTest::manySourcesAndSinksLoseNothing() {
    Bench bench(limits(50, 100000, 100));
    constexpr std::size_t kPerSource = 5000;
    std::mutex mutex;
    std::multiset<std::string> seen;
    std::atomic<std::size_t> left{2 * kPerSource};
    const auto source = [&](std::size_t first) {
        WakeUp waker;
        const auto put = bench.channel->newTransaction(waker);
        for (std::size_t done = 0; done < kPerSource; done += 10)
            if (!putAll(*put, numbered(first + done, 10))) qFatal("a put failed");
    };
    const auto sink = [&](unsigned seed) {
        std::mt19937 random(seed);
        WakeUp waker;
        const auto take = bench.channel->newTransaction(waker);
        while (left.load() > 0) {
            take->begin();
            const auto ranges = take->take(1 + random() % 30);
            if (!ranges) qFatal("a take failed");
            const auto bodies = bodiesOf(*ranges);
            if (random() % 5 == 0) {
                take->rollback();
                continue;
            }
            if (!take->commit()) qFatal("a commit failed");
            const std::lock_guard lock(mutex);
            seen.insert(bodies.begin(), bodies.end());
            left -= bodies.size();
        }
    };
    std::vector<std::thread> threads;
    threads.emplace_back(source, 0);
    threads.emplace_back(source, kPerSource);
    threads.emplace_back(sink, 1u);
    threads.emplace_back(sink, 2u);
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(seen.size(), 2 * kPerSource);
    QCOMPARE(std::set<std::string>(seen.begin(), seen.end()).size(), 2 * kPerSource);
}

MILLRACE_TEST(SpillableChannelTest)
#include "tst_spillable_channel.moc"
